import type { RouteSpec } from '../model/scenario.js';
import { type Network } from './network.js';
import { type Place } from './place.js';
import type { ProblemList } from './problem-list.js';
/** Reads a scenario's `routes`. Whether there is such a next hop is for the kernel to say. */
export declare function resolveRoutes(scenario: Place, network: Network, problems: ProblemList): RouteSpec[];
