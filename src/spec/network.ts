import ipaddr from 'ipaddr.js';
import type { ExtraAddress, RouteSpec } from '../model/scenario.js';
import { ADDRESS_BITS, getFamily, isIPv6Text, isSameFamily } from '../words/addresses.js';

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
export const LO_ALONE: Network = { interfaces: [], addresses: [], routes: [], isSound: true };

/** What lo has from the start. */
const LOOPBACK = ['127.0.0.0/8', '::1/128'];

/** The prefixes whose every address is the world's own. Of IPv4 an address of lo brings its whole prefix with it (measured; fib_add_ifaddr). */
export function getOwnPrefixes({ interfaces, addresses, routes }: Network): string[] {
  return [
    ...LOOPBACK,
    ...interfaces.flatMap((each) => each.addresses.map(toSingle)),
    ...addresses.map(({ address, interface: name }) => (name === 'lo' && !isIPv6Text(address) ? address : toSingle(address))),
    ...routes.filter(({ type }) => type === 'local').map(({ prefix }) => prefix),
  ];
}

/** Whether the world itself has an address. */
export function hasAddress(network: Network, address: string): boolean {
  return getOwnPrefixes(network).some((prefix) => isIn(address, prefix));
}

/** The interface whose broadcast address it is; null where it is none. */
export function findBroadcaster({ interfaces, addresses }: Network, address: string): string | null {
  const all = [
    ['lo', '127.0.0.1/8'],
    ...interfaces.flatMap(({ name, addresses: own }) => own.map((prefix) => [name, prefix])),
    ...addresses.map(({ address: prefix, interface: name }) => [name, prefix]),
  ];
  return all.find(([, prefix = '']) => getBroadcast(prefix) === address)?.[0] ?? null;
}

/** The last address of an IPv4 prefix that has room for one (RFC 3021). */
export function getBroadcast(prefix: string): string | null {
  return isIPv6Text(prefix) || Number(prefix.split('/')[1]) > 30 ? null : ipaddr.IPv4.broadcastAddressFromCIDR(prefix).toString();
}

function isIn(address: string, prefix: string): boolean {
  return isSameFamily(address, prefix) && ipaddr.parse(address).match(ipaddr.parseCIDR(prefix));
}

function toSingle(prefix: string): string {
  return `${prefix.split('/')[0]}/${ADDRESS_BITS[getFamily(prefix)]}`;
}
