import type { Network } from './network.js';
import { type Endpoint } from './parse-url.js';
import { type Place } from './place.js';
import type { ProblemList } from './problem-list.js';
import { type Client, type Clients } from './resolve-clients.js';
import type { Outsiders } from './resolve-outsiders.js';
import type { Hosts } from './resolve-hosts.js';
import type { Servers } from './resolve-servers.js';
/** Whom a scenario names; null where the file is so wrong that nobody can tell. */
export interface Parties {
    servers: Servers | null;
    clients: Clients | null;
    hosts: Hosts | null;
    network: Network;
    outsiders: Outsiders;
}
/** Where a probe goes from and to. */
export interface Ends {
    from: Client;
    to: Target;
}
/** Who is asked, and the interface outside of which he stands; null: the world itself, or nobody knows. */
export interface Target extends Endpoint {
    via: string | null;
}
/** Reads `from` and `to` of a probe, which must be there. */
export declare function resolveEnds(place: Place, names: Parties, problems: ProblemList): Ends | null;
export declare function resolveFrom(place: Place, names: Parties, problems: ProblemList): Client | null;
/** The client that a name or an address stands for. */
export declare function findClient(from: string, place: Place, { clients, hosts, network, outsiders }: Parties, problems: ProblemList): Client | null;
export declare function resolveTo(place: Place, names: Parties, problems: ProblemList, via?: string | null): Target | null;
/**
 * Where a server's name or a URL leads.
 *
 * @param via the interface outside of which the client stands
 */
export declare function findTarget(to: string, place: Place, names: Parties, problems: ProblemList, via?: string | null): Target | null;
/** Whether a client can even try: both ends must be of one family, and only TCP has a connect(2) that blocks. Neighbours would not need the world. */
export declare function checkPair(place: Place, { from, to }: Ends, problems: ProblemList): boolean;
