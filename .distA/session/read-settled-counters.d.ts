import type { InterfaceCounters } from '../model/evidence.js';
/** The packet counters of the world's interfaces, when nothing is on its way any more. */
export declare function readSettledCounters(): Promise<InterfaceCounters[]>;
