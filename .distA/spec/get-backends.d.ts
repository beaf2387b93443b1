import type { Backend } from '../model/result.js';
import { type Place } from './place.js';
import type { ProblemList } from './problem-list.js';
/** The back ends that a scenario runs on: nft unless it says otherwise. */
export declare function getBackends(scenario: Place, problems: ProblemList): Backend[];
