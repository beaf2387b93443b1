import { type Place } from './place.js';
import type { ProblemList } from './problem-list.js';
import type { Clients } from './resolve-clients.js';
/** Addresses by name; null for one that something is wrong with, so that its name is known all the same. */
export type Hosts = Map<string, string | null>;
/** Reads a scenario's `hosts`; null where they cannot even be named. */
export declare function resolveHosts(scenario: Place, clients: Clients | null, problems: ProblemList): Hosts | null;
