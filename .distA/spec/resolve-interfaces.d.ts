import type { DescribedInterface } from './network.js';
import { type Place } from './place.js';
import type { ProblemList } from './problem-list.js';
/** Reads a scenario's `interfaces`. */
export declare function resolveInterfaces(scenario: Place, problems: ProblemList): DescribedInterface[];
/** Why an interface other than lo cannot have an address; null where it can. */
export declare function getRangeProblem(prefix: string): string | null;
