import type { RouteSpec } from '../model/scenario.js';
/** Reads what stands behind `ip route add`: `[TYPE] PREFIX [via ADDRESS] [dev INTERFACE] [src ADDRESS] [metric N] [onlink]`; else says why not. */
export declare function parseRoute(text: string): RouteSpec | {
    problem: string;
};
