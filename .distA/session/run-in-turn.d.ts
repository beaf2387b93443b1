import type { ProbeReply } from '../model/evidence.js';
import type { ProbePlan } from '../model/plan.js';
import { type Surroundings } from './run-probe.js';
/** How many may wait at once: each has file descriptors, and is looked at now and then. */
export declare const MOST_UNDER_WAY = 256;
/** Of blocking clients, each of which has a thread: other worlds need some, too. */
export declare const MOST_BLOCKING = 16;
/**
 * Runs probes one after the other, and gives their replies in order. Each has a turn of the event loop for itself, in which on lo an answer
 * comes that comes at all; one that still waits then keeps nobody waiting.
 */
export declare function runInTurn(probes: ProbePlan[], surroundings: Surroundings): Promise<ProbeReply[]>;
