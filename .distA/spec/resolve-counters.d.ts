import type { ExpectedCounter } from '../model/scenario.js';
import type { Network } from './network.js';
import { type Place } from './place.js';
import type { ProblemList } from './problem-list.js';
/** Reads a scenario's `counters`. */
export declare function resolveCounters(scenario: Place, { interfaces }: Network, problems: ProblemList): ExpectedCounter[];
