import type { Network } from './network.js';
import { type Place } from './place.js';
import type { ProblemList } from './problem-list.js';
/** Reads what a scenario says of interfaces, addresses and routes: what its clients and servers can stand on. */
export declare function resolveNetwork(scenario: Place, problems: ProblemList): Network;
