import type { ProbePlan } from '../model/plan.js';
/** How many connections are begun before servers are let accept them. */
export declare const BURST = 200;
/**
 * libuv accepts one connection of a listener a turn of the event loop: else thousands of clients would fill its queue, which looks like a DROP.
 *
 * @param probes that have begun since servers were let accept last
 */
export declare function letServersAccept(probes: ProbePlan[]): Promise<void>;
/** Lets the event loop come round that often. */
export declare function takeTurns(count: number): Promise<void>;
