import ipaddr from 'ipaddr.js';
import { PROTOCOLS } from '../model/protocols.js';
import { quote } from './describe-value.js';
import { getAddressProblem } from './get-address-problem.js';
import { getClientPortProblem } from './get-client-port-problem.js';
import type { Network } from './network.js';
import { parseUrl, type Endpoint } from './parse-url.js';
import type { Part, Place } from './place.js';
import { makeClient, type Client, type Clients } from './resolve-clients.js';
import { replaceHost } from './replace-host.js';
import type { Outsiders } from './resolve-outsiders.js';
import type { Hosts } from './resolve-hosts.js';
import type { Servers } from './resolve-servers.js';
import { didYouMean } from '../rules/suggest-word.js';

/** Where a server on all addresses is met. */
const USUAL_ADDRESSES: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

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
export function resolveEnds(place: Place, names: Parties): Ends | null {
  const from = resolveFrom(place.member('from'), names);
  const to = resolveTo(place.member('to'), names, from?.via);
  for (const key of ['from', 'to']) {
    if (typeof place.value === 'object' && place.member(key).value === undefined) {
      place.complain(`missing key "${key}"`);
    }
  }
  return from !== null && to !== null && checkPair(place, { from, to }, names.servers) ? { from, to } : null;
}

export function resolveFrom(place: Place, names: Parties): Client | null {
  const from = place.read<string>();
  return from === undefined ? null : findClient(from, place, names);
}

/** The client that a name or an address stands for. */
export function findClient(from: string, part: Part, { clients, hosts, network, outsiders }: Parties): Client | null {
  const known = clients?.get(from);
  if (known !== undefined) {
    return known;
  }
  const address = hosts?.has(from) ? hosts.get(from) : from;
  if (address === null || address === undefined) {
    return null;
  }
  const via = outsiders.get(address) ?? null;
  const problem = isAddressLike(address)
    ? getAddressProblem(address, 'client', network, via)
    : describeUnknown('client', from, clients, hosts);
  if (problem !== null) {
    part.complain(problem);
  }
  return problem === null && isAddressLike(address) ? { ...makeClient(address), via } : null;
}

export function resolveTo(place: Place, names: Parties, via?: string | null): Target | null {
  const to = place.read<string>();
  return to === undefined ? null : findTarget(to, place, names, via);
}

/**
 * Where a server's name or a URL leads.
 *
 * @param via the interface outside of which the client stands
 */
export function findTarget(to: string, part: Part, names: Parties, via: string | null = null): Target | null {
  const { servers, hosts, network, outsiders } = names;
  const known = servers?.get(to);
  if (known !== undefined) {
    return known && { ...known, address: getUsualAddress(known.address, via, network) };
  }
  if (!isAddressLike(to)) {
    const problem = describeUnknown('server', to, servers, null);
    if (problem !== null) {
      part.complain(problem);
    }
    return null;
  }
  const url = hosts === null ? null : replaceHost(to, hosts);
  const endpoint = typeof url === 'string' ? parseUrl(url, 'destination') : url;
  if (endpoint !== null && 'problem' in endpoint) {
    part.complain(endpoint.problem);
    return null;
  }
  return endpoint && { ...endpoint, via: outsiders.get(endpoint.address) ?? null };
}

/** A server on all addresses is met on the usual one: lo's, or that of the interface by which its client comes. */
function getUsualAddress(address: string, via: string | null, { interfaces }: Network): string {
  const usual = USUAL_ADDRESSES[address];
  const own = interfaces.find(({ name }) => name === via)?.addresses.find((each) => each.includes(':') === address.includes(':'));
  return usual === undefined ? address : (own?.split('/')[0] ?? usual);
}

/** Whether no name can look like this: names have no ":" and are seldom of digits. */
function isAddressLike(text: string): boolean {
  return /[:/]|^[\d.]+$/.test(text);
}

function describeUnknown(
  what: 'client' | 'server',
  name: string,
  known: Map<string, unknown> | null,
  hosts: Map<string, unknown> | null,
): string | null {
  return known === null ? null : `no ${what} ${quote(name)}${didYouMean(name, [...known.keys(), ...(hosts?.keys() ?? [])])}`;
}

/**
 * Whether a client can even try: both ends must be of one family, only TCP has a connect(2) that blocks, and a port has one owner. Neighbours would
 * not need the world.
 */
export function checkPair(place: Place, { from, to }: Ends, servers: Servers | null): boolean {
  if (from.address.includes(':') !== to.address.includes(':')) {
    place.complain(`${from.address} cannot reach ${to.address}: one is IPv4, the other IPv6`);
    return false;
  }
  if (from.via !== null && from.via === to.via) {
    place.complain(
      `${from.address} and ${to.address} both stand outside of ${from.via}: what they send each other does not pass the world`,
    );
    return false;
  }
  if (from.via !== null && isLoopback(to.address)) {
    place.complain(
      `${to.address} is everybody's own loopback: what ${from.address} sends there stays outside of ${from.via}, and does not come to the world`,
    );
    return false;
  }
  if (from.blocking && !PROTOCOLS[to.protocol].canBlock) {
    place.complain(`a blocking client connects by tcp, not by ${to.protocol}`);
    return false;
  }
  const portProblem = getClientPortProblem({ from, to }, servers);
  if (portProblem !== null) {
    place.complain(portProblem);
    return false;
  }
  return true;
}

function isLoopback(address: string): boolean {
  return ipaddr.parse(address).range() === 'loopback';
}
