import type { InterfaceCounters } from '../model/evidence.js';
import type { CounterResult } from '../model/result.js';
import type { ExpectedCounter } from '../model/scenario.js';
/** Holds what a scenario says of its interfaces' counters against by how much they grew while its probes ran. */
export declare function judgeCounters(expected: ExpectedCounter[], before: InterfaceCounters[], after: InterfaceCounters[]): CounterResult[];
