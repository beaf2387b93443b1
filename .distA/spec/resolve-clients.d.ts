import type { Network } from './network.js';
import { type Place } from './place.js';
import type { ProblemList } from './problem-list.js';
export interface Client {
    address: string;
    /** Its own port; null: each probe gets another. */
    port: number | null;
    via: string | null;
    blocking: boolean;
}
/** A client of which nothing but its address was said. */
export declare function makeClient(address: string): Client;
/** The clients by name; null for one that something is wrong with, so that its name is known all the same. */
export type Clients = Map<string, Client | null>;
/** Reads a scenario's `clients`; null where they cannot even be named. */
export declare function resolveClients(scenario: Place, network: Network, problems: ProblemList): Clients | null;
