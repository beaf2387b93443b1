import type { ExtraAddress, RouteSpec } from '../model/scenario.js';
/** An interface besides lo, as the scenario describes it. */
export interface DescribedInterface {
    name: string;
    link: 'up' | 'down';
    /** With their prefix lengths. */
    addresses: string[];
}
/** What a scenario's world has for a network, before anybody stands in it. */
export interface Network {
    interfaces: DescribedInterface[];
    addresses: ExtraAddress[];
    routes: RouteSpec[];
    /** Whether all of it is in order: else nobody can tell what the world lacks. */
    isSound: boolean;
}
/** The world of a scenario that says nothing of it: lo alone. */
export declare const LO_ALONE: Network;
/** The prefixes whose every address is the world's own. Of IPv4 an address of lo brings its whole prefix with it (measured; fib_add_ifaddr). */
export declare function getOwnPrefixes({ interfaces, addresses, routes }: Network): string[];
/** Whether the world itself has an address. */
export declare function hasAddress(network: Network, address: string): boolean;
/** The interface whose broadcast address it is; null where it is none. */
export declare function findBroadcaster({ interfaces, addresses }: Network, address: string): string | null;
/** The last address of an IPv4 prefix that has room for one (RFC 3021). */
export declare function getBroadcast(prefix: string): string | null;
