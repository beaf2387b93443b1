import type { Protocol } from '../model/result.js';
import { type AddressRole } from './get-address-problem.js';
import { type Network } from './network.js';
export interface Endpoint {
    protocol: Protocol;
    address: string;
    /** The first port, and the last: the same where it is no range. 0 for icmp, which has none. */
    port: number;
    lastPort: number;
}
/**
 * Reads `tcp://ADDRESS:PORT` and its like, and nothing that only looks like it; else says why not.
 *
 * @param network what the world has, where a server is to stand
 */
export declare function parseUrl(text: string, role: AddressRole, network?: Network): Endpoint | {
    problem: string;
};
