import ipaddr from 'ipaddr.js';
import type { ExtraAddress, InterfaceSpec, IpRuleSpec, RouteSpec } from '../../../model/scenario.js';
import { ADDRESS_BITS, getFamily, isIPv6Text, isSameFamily } from '../../../words/addresses.js';

/** An interface of the scenario, other than lo. */
export interface DescribedInterface {
  name: string;
  /** cable: of `interfaces`. bridge: of `bridges`. */
  kind: InterfaceSpec['kind'];
  link: 'up' | 'down';
  mtu: number | null;
  /** Each with its prefix length. */
  addresses: string[];
}

/** The interfaces, addresses and routes of a scenario's world, without its clients and servers. */
export interface Network {
  interfaces: DescribedInterface[];
  addresses: ExtraAddress[];
  routes: RouteSpec[];
  ipRules: IpRuleSpec[];
  /** Whether `interfaces`, `addresses` and `routes` have no errors. If they have, a missing address or interface is not reported. */
  isSound: boolean;
}

/** The default world: lo and nothing else. */
export const LO_ALONE: Network = { interfaces: [], addresses: [], routes: [], ipRules: [], isSound: true };

/** The numbers of the tables main and local. */
const ALWAYS_ASKED = [254, 255];

/** The prefixes that lo always has. */
const LOOPBACK = ['127.0.0.0/8', '::1/128'];

/**
 * The prefixes in which every address belongs to the world. An IPv4 address of lo makes its whole prefix local (measured; fib_add_ifaddr).
 */
export function getOwnPrefixes({ interfaces, addresses, routes }: Network): string[] {
  return [
    ...LOOPBACK,
    ...interfaces.flatMap((each) => each.addresses.map(toSingle)),
    ...addresses.map(({ address, interface: name }) => (name === 'lo' && !isIPv6Text(address) ? address : toSingle(address))),
    ...routes.filter(isAlwaysAsked).map(({ prefix }) => prefix),
  ];
}

/** A local route in another table is for packets that a routing rule sends there, such as those of a proxy (tproxy). */
function isAlwaysAsked({ type, table }: RouteSpec): boolean {
  return type === 'local' && (table === null || ALWAYS_ASKED.includes(table));
}

/** Whether an address belongs to the world itself. */
export function hasAddress(network: Network, address: string): boolean {
  return getOwnPrefixes(network).some((prefix) => isIn(address, prefix));
}

/** The name of the interface that has this broadcast address, or null. */
export function findBroadcaster({ interfaces, addresses }: Network, address: string): string | null {
  const all = [
    ['lo', '127.0.0.1/8'],
    ...interfaces.flatMap(({ name, addresses: own }) => own.map((prefix) => [name, prefix])),
    ...addresses.map(({ address: prefix, interface: name }) => [name, prefix]),
  ];
  return all.find(([, prefix = '']) => getBroadcast(prefix) === address)?.[0] ?? null;
}

/**
 * The broadcast address of an IPv4 prefix: its last address. A /31 or /32 has none (RFC 3021), and IPv6 has none: then the result is null.
 */
export function getBroadcast(prefix: string): string | null {
  return isIPv6Text(prefix) || Number(prefix.split('/')[1]) > 30 ? null : ipaddr.IPv4.broadcastAddressFromCIDR(prefix).toString();
}

/** Whether an address is in a prefix. */
export function isIn(address: string, prefix: string): boolean {
  return isSameFamily(address, prefix) && ipaddr.parse(address).match(ipaddr.parseCIDR(prefix));
}

function toSingle(prefix: string): string {
  return `${prefix.split('/')[0]}/${ADDRESS_BITS[getFamily(prefix)]}`;
}
