import type { Step } from '../model/result.js';
type Hook = Step['hook'];
/** Where a chain hangs: a hook, and how many chains of that hook are asked before it. */
export interface Station {
    hook: Hook;
    order: number;
}
/** Where a chain of iptables hangs; null for a user chain. */
export declare function getStation(table: string, chain: string): Station | null;
/** Where iptables asks a table at a hook. */
export declare function getStationAt(hook: Hook, table: string): Station;
/**
 * How far a packet has come that is at a station.
 *
 * @param reached how far it had come before
 */
export declare function getRank({ hook, order }: Station, reached: number): number;
export {};
