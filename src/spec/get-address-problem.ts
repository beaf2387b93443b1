import ipaddr from 'ipaddr.js';
import { isIPv6Text, isWildcard } from '../words/addresses.js';
import { listWords, quote } from '../words/phrases.js';
import { getSpellingProblem } from './get-spelling-problem.js';
import { findBroadcaster, getOwnPrefixes, hasAddress, LO_ALONE, type Network } from './network.js';

export type AddressRole = 'server' | 'client' | 'destination';

/** As many are named where another was expected. */
const MOST = 8;

/**
 * Why an address cannot stand where it stands; null where it can.
 *
 * @param network what the world has
 * @param via the interface at whose other end it is; null: in the world itself
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

/** Whether an address is one party's. */
export function getUnicastProblem(address: string): string | null {
  const isOne = !['multicast', 'unspecified'].includes(ipaddr.parse(address).range()) && address !== '255.255.255.255';
  return isOne ? null : `expected a unicast address, found ${quote(address)}`;
}

/**
 * Of lo's prefixes every address can be bound. But to bind the broadcast address leaves a client's source unset (it becomes the first
 * address), and to connect there is ENETUNREACH (measured).
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
  const elsewhere = network.interfaces.length > 0 ? ' (whoever stands outside needs "via")' : '';
  return `expected an address that the world has, ${listWords(named)}${also}, found ${quote(address)}${elsewhere}`;
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
