import type { Network } from './network.js';
import { type Place } from './place.js';
import type { ProblemList } from './problem-list.js';
/** Reads a scenario's `sysctl`. Whether a value is one that the setting can have is for the kernel to say. */
export declare function resolveSysctl(scenario: Place, { interfaces }: Network, problems: ProblemList): Record<string, string>;
