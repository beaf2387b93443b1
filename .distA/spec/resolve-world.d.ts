import type { ExpectedCounter, WorldSpec } from '../model/scenario.js';
import type { Network } from './network.js';
import { type Place } from './place.js';
import type { ProblemList } from './problem-list.js';
import type { Outsiders } from './resolve-outsiders.js';
/** Puts together what a scenario's world has besides lo. */
export declare function resolveWorld(scenario: Place, network: Network, outsiders: Outsiders, problems: ProblemList): {
    world: WorldSpec;
    counters: ExpectedCounter[];
};
