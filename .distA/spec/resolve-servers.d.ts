import type { Server } from '../model/scenario.js';
import type { Network } from './network.js';
import { type Place } from './place.js';
import type { ProblemList } from './problem-list.js';
/** The servers by name; null for one that something is wrong with, so that its name is known all the same. */
export type Servers = Map<string, Server | null>;
/** Reads a scenario's `servers`; null where they cannot even be named. */
export declare function resolveServers(scenario: Place, file: string, network: Network, problems: ProblemList): Servers | null;
