import type { ExtraAddress } from '../model/scenario.js';
import type { DescribedInterface } from './network.js';
import { type Place } from './place.js';
import type { ProblemList } from './problem-list.js';
/** Reads a scenario's `addresses`, and finds what is said twice of them and of the interfaces. */
export declare function resolveAddresses(scenario: Place, interfaces: DescribedInterface[], problems: ProblemList): ExtraAddress[];
