import { type Place } from './place.js';
import type { ProblemList } from './problem-list.js';
import type { Clients } from './resolve-clients.js';
import type { Servers } from './resolve-servers.js';
/** Who stands outside of the world's interfaces: the interface of each address. */
export type Outsiders = Map<string, string>;
/** Finds who stands outside, and those of them who are said to be at two places. */
export declare function resolveOutsiders(scenario: Place, { servers, clients }: {
    servers: Servers | null;
    clients: Clients | null;
}, problems: ProblemList): Outsiders;
