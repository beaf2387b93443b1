import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { ADDRESS_BITS, getFamily, isIPv6Text, isWildcard } from '../../../words/addresses.js';
import { writeInterface } from '../../../words/outside.js';
import { listWords, quote } from '../../../words/phrases.js';
import { findBroadcaster, getBroadcast, getOwnPrefixes, hasAddress, isIn, LO_ALONE, type Network } from './network.js';

/** What an address is used for: to listen, to send from, or to connect to. */
export type AddressRole = 'server' | 'client' | 'destination';

/** The most prefixes that a message lists. */
const MOST = 8;

/**
 * The reason why an address cannot have its role, or null if it can.
 *
 * @param network the interfaces, addresses and routes of the world
 * @param via the interface outside of which the address is; null for an address of the world itself
 */
export function getAddressProblem(
  address: string,
  role: AddressRole,
  network: Network = LO_ALONE,
  via: string | null = null,
): string | null {
  const spelling = getSpellingProblem(address);
  if (spelling !== null) {
    return spelling;
  }
  if (role === 'destination') {
    return getDestinationProblem(address);
  }
  return via === null ? getOwnProblem(address, role, network) : getOutsideProblem(address, via, network);
}

function getDestinationProblem(address: string): string | null {
  return isWildcard(address) ? `expected a destination, found ${quote(address)}` : getUnicastProblem(address);
}

/** The reason why an address is not a unicast address, or null if it is one. */
function getUnicastProblem(address: string): string | null {
  const isOne = !['multicast', 'unspecified'].includes(ipaddr.parse(address).range()) && address !== '255.255.255.255';
  return isOne ? null : `expected a unicast address, found ${quote(address)}`;
}

/**
 * The reason why a client or server of the world itself cannot have an address, or null. A socket can bind every address of lo's prefixes,
 * but broadcast addresses do not work. A client that binds one has no source address of its own: the kernel takes the first address. A
 * connect(2) to one fails with ENETUNREACH. (Both measured.)
 */
function getOwnProblem(address: string, role: 'server' | 'client', network: Network): string | null {
  if (role === 'server' && isWildcard(address)) {
    return null;
  }
  const broadcaster = findBroadcaster(network, address);
  if (broadcaster !== null) {
    return `no client can ${role === 'server' ? 'connect to' : 'send from'} ${address}, the broadcast address of ${broadcaster}`;
  }
  if (ipaddr.parse(address).range() === 'linkLocal' && isIPv6Text(address)) {
    return `expected an address that is good without a zone, found ${quote(address)}`;
  }
  return hasAddress(network, address) || !network.isSound ? null : describeOwn(address, role, network);
}

function describeOwn(address: string, role: 'server' | 'client', network: Network): string {
  const own = getOwnPrefixes(network).map((prefix) => prefix.replace(/\/(32|128)$/, ''));
  const named = [...own.slice(0, MOST), ...(own.length > MOST ? [`${own.length - MOST} more`] : [])];
  const also = role === 'server' ? '; or 0.0.0.0 or :: for all' : '';
  const elsewhere = isWildcard(address) ? '' : `. To make it a machine outside, write ${writeOutside(address, role, network)}`;
  return `expected an address that the world has, ${listWords(named)}${also}, found ${quote(address)}${elsewhere}`;
}

/** What to write so that an address belongs to a machine behind an interface. */
function writeOutside(address: string, role: 'server' | 'client', { interfaces }: Network): string {
  const near = interfaces.find(({ addresses }) => addresses.some((prefix) => isIn(address, prefix)));
  const names = new Set(interfaces.map(({ name }) => name));
  const name = near?.name ?? ['eth0', 'eth1', 'eth2'].find((free) => !names.has(free)) ?? 'out0';
  const via = `"via": "${name}" beside its "address" in "${role}s"`;
  return near === undefined ? `${writeInterface(name, address)}, and ${via}` : via;
}

function getOutsideProblem(address: string, via: string, network: Network): string | null {
  const problem = getUnicastProblem(address);
  if (problem !== null) {
    return problem;
  }
  if (ipaddr.parse(address).range() === 'linkLocal' && isIPv6Text(address)) {
    return `expected an address that is good without a zone, found ${quote(address)}`;
  }
  if (hasAddress(network, address)) {
    return `expected an address of somebody outside of ${via}, found ${quote(address)}, which is the world's own`;
  }
  return findBroadcaster(network, address) === null
    ? null
    : `expected an address of one party, found ${quote(address)}, a broadcast address`;
}

/**
 * The reason why a text is not a numeric address in its usual spelling, or null if it is one. IPv6 has its shortest form (RFC 5952),
 * without a zone and not mapped from IPv4.
 */
export function getSpellingProblem(address: string): string | null {
  if (isIP(address) === 0) {
    return `expected a numeric address, found ${quote(address)}`;
  }
  const parsed = ipaddr.parse(address);
  if (!(parsed instanceof ipaddr.IPv6)) {
    return null;
  }
  if (address.includes('%')) {
    return `expected an address without a zone, found ${quote(address)}`;
  }
  if (parsed.isIPv4MappedAddress()) {
    return `expected the IPv4 address itself, found ${quote(address)}`;
  }
  return parsed.toString() === address
    ? null
    : `expected the address as it is usually written, ${parsed.toString()}, found ${quote(address)}`;
}

/**
 * Parses a unicast address of the world with its prefix length, such as "192.0.2.1/24". The problem is the reason why the text is not one.
 *
 * @param isLengthNeeded if false, an address without a length gets the longest one, /32 or /128
 */
export function parseAddressPrefix(text: string, isLengthNeeded: boolean): { prefix: string } | { problem: string } {
  const [address = '', length, ...more] = text.split('/');
  const most = ADDRESS_BITS[getFamily(address)];
  const problem = getSpellingProblem(address) ?? getUnicastProblem(address);
  if (problem !== null) {
    return { problem };
  }
  if (length === undefined && isLengthNeeded) {
    return { problem: `expected an address with its prefix length, as ${address}/${most === 32 ? 24 : 64}, found ${quote(text)}` };
  }
  const isLength = length === undefined || (/^(0|[1-9]\d{0,2})$/.test(length) && Number(length) >= 1 && Number(length) <= most);
  if (!isLength || more.length > 0) {
    return { problem: `expected a prefix length from 1 to ${most}, found ${quote(text)}` };
  }
  const prefix = `${address}/${length ?? most}`;
  return getBroadcast(prefix) === address ? { problem: `${address} is the broadcast address of its own prefix, ${prefix}` } : { prefix };
}
