import { type Network } from './network.js';
export type AddressRole = 'server' | 'client' | 'destination';
/**
 * Why an address cannot stand where it stands; null where it can.
 *
 * @param network what the world has
 * @param via the interface at whose other end it is; null: in the world itself
 */
export declare function getAddressProblem(address: string, role: AddressRole, network?: Network, via?: string | null): string | null;
/** Whether an address is one party's. */
export declare function getUnicastProblem(address: string): string | null;
