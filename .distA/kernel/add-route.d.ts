import type { RouteSpec } from '../model/scenario.js';
import type { RouteSocket } from './route-socket.js';
/** Adds a route to the calling thread's network namespace, with the defaults that `ip route add` has (ip-route(8)). @throws KernelRefusal */
export declare function addRoute(route: Omit<RouteSpec, 'text'>, socket: RouteSocket): void;
