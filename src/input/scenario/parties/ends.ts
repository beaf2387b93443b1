import ipaddr from 'ipaddr.js';
import { PROTOCOLS } from '../../../model/protocols.js';
import { getFamily, isSameFamily } from '../../../words/addresses.js';
import { quote } from '../../../words/phrases.js';
import { didYouMean } from '../../../words/suggestion.js';
import type { Part, Place } from '../../json/document.js';
import { getAddressProblem } from '../world/address.js';
import type { Network } from '../world/network.js';
import { type Client, type Clients, getClientPortProblem, makeClient } from './clients.js';
import { type Hosts, replaceHost } from './hosts.js';
import type { Outsiders } from './outsiders.js';
import type { Servers } from './servers.js';
import { type Endpoint, parseUrl } from './url.js';

/** The address to connect to for a server that listens on all addresses. */
const USUAL_ADDRESSES: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

/** The address of a client whose address the kernel chooses. */
const ANY = { ipv4: '0.0.0.0', ipv6: '::' };

/**
 * The names that a probe can use. A null list means that `servers`, `clients` or `hosts` itself is wrong: then an unknown name is not
 * reported.
 */
export interface Parties {
  servers: Servers | null;
  clients: Clients | null;
  hosts: Hosts | null;
  network: Network;
  outsiders: Outsiders;
}

/** The two ends of a probe. */
export interface Ends {
  from: Client;
  to: Target;
}

/** The destination of a probe. `via` is the interface outside of which it is; null for the world itself, or if that is unknown. */
export interface Target extends Endpoint {
  /** The name of the server; null for a URL. */
  name: string | null;
  via: string | null;
}

/**
 * Reads `from` and `to` of a probe. Both keys are required. The result has an entry for each address of the destination; it is null if
 * there is an error.
 */
export function resolveEnds(place: Place, names: Parties): Ends[] | null {
  const from = resolveFrom(place.member('from'), names);
  const targets = resolveTo(place.member('to'), names, from?.via);
  for (const key of ['from', 'to']) {
    if (typeof place.value === 'object' && place.member(key).value === undefined) {
      place.complain(`missing key "${key}"`);
    }
  }
  const ends = from !== null && targets !== null ? pairEnds(from, targets) : null;
  return ends !== null && checkPairs(place, ends, names) ? ends : null;
}

/**
 * Joins a client to each of its destinations. It takes the first of its addresses that has the destination's family. If it has none, and
 * the destination's name has several addresses, the kernel chooses its address, as for a program that tries all addresses of a name. A client
 * outside is a machine with the addresses that the scenario gives it.
 */
export function pairEnds(client: Client, targets: Target[]): Ends[] {
  return targets.map((to) => {
    const from = [client, ...client.further].find(({ address }) => isSameFamily(address, to.address));
    return { from: from ?? (targets.length > 1 && client.via === null ? { ...client, address: ANY[getFamily(to.address)] } : client), to };
  });
}

/** Reads a `from`. The result is null if it is absent or wrong. */
export function resolveFrom(place: Place, names: Parties): Client | null {
  const from = place.read<string>();
  return from === undefined ? null : findClient(from, place, names);
}

/** Finds the client of a name or an address. Reports an unknown name and a wrong address; the result is then null. */
export function findClient(from: string, part: Part, { clients, hosts, network, outsiders }: Parties): Client | null {
  const known = clients?.get(from);
  if (known !== undefined) {
    return known;
  }
  const addresses = hosts?.has(from) ? hosts.get(from) : [from];
  if (addresses === null || addresses === undefined) {
    return null;
  }
  const found = addresses.map((address): Client => ({ ...makeClient(address), via: outsiders.get(address) ?? null }));
  const problem = found
    .map(({ address, via }) =>
      isAddressLike(address) ? getAddressProblem(address, 'client', network, via) : describeUnknown('client', from, clients, hosts),
    )
    .find((each) => each !== null);
  if (problem !== undefined) {
    part.complain(problem);
  }
  const [first, ...further] = found;
  return problem === undefined && first !== undefined && isAddressLike(first.address) ? { ...first, further } : null;
}

/** Reads a `to`. The result is null if it is absent or wrong. */
export function resolveTo(place: Place, names: Parties, via?: string | null): Target[] | null {
  const to = place.read<string>();
  return to === undefined ? null : findTargets(to, place, names, via);
}

/**
 * Finds the destination of a server's name or a URL: one for each address, if the URL has the name of a host. Reports an unknown name and a
 * wrong URL; the result is then null.
 *
 * @param via the interface outside of which the client is
 */
export function findTargets(to: string, part: Part, names: Parties, via: string | null = null): Target[] | null {
  const { servers, hosts, network, outsiders } = names;
  const known = servers?.get(to);
  if (known !== undefined) {
    return known && [{ ...known, address: getUsualAddress(known.address, via, network) }];
  }
  if (!isAddressLike(to)) {
    const problem = describeUnknown('server', to, servers, null);
    if (problem !== null) {
      part.complain(problem);
    }
    return null;
  }
  const urls = hosts === null ? null : replaceHost(to, hosts);
  if (urls === null) {
    return null;
  }
  const targets: Target[] = [];
  for (const endpoint of 'problem' in urls ? [urls] : urls.map((url) => parseUrl(url, 'destination'))) {
    if ('problem' in endpoint) {
      part.complain(endpoint.problem);
      return null;
    }
    targets.push({ ...endpoint, name: null, via: outsiders.get(endpoint.address) ?? null });
  }
  return targets;
}

/**
 * The address to connect to. For a server on all addresses it is lo's, or the address of the interface through which the client's packets
 * come in.
 */
function getUsualAddress(address: string, via: string | null, { interfaces }: Network): string {
  const usual = USUAL_ADDRESSES[address];
  const own = interfaces.find(({ name }) => name === via)?.addresses.find((each) => isSameFamily(each, address));
  return usual === undefined ? address : (own?.split('/')[0] ?? usual);
}

/** Whether a text is an address or a URL and not a name: names have no ":", and seldom only digits and dots. */
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

/** Checks each pair, and reports the first problem. */
export function checkPairs(place: Place, ends: Ends[], names: Pick<Parties, 'servers' | 'network'>): boolean {
  return ends.every((each) => checkPair(place, each, names));
}

/**
 * Checks that a client can try to reach its destination, and reports the first reason if not. Both ends need the same address family. Only
 * TCP has a connect(2) that blocks. A port has one owner. Packets between two ends outside of the same interface do not pass the world, and
 * neither do packets to their own loopback addresses.
 */
function checkPair(place: Place, { from, to }: Ends, { servers, network }: Pick<Parties, 'servers' | 'network'>): boolean {
  if (!isSameFamily(from.address, to.address)) {
    place.complain(`${from.address} cannot reach ${to.address}: one is IPv4, the other IPv6`);
    return false;
  }
  const directProblem = getDirectProblem(from, to, network);
  if (directProblem !== null) {
    place.complain(directProblem);
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

/** The reason why what two machines behind one interface send each other does not meet any rule of the world; null if it does. */
function getDirectProblem(from: Client, to: Target, { interfaces }: Network): string | null {
  if (from.via === null || from.via !== to.via) {
    return null;
  }
  if (from.address === to.address) {
    return `${from.address} is the client and the server: what a machine sends itself does not pass the world`;
  }
  const found = interfaces.find(({ name }) => name === from.via);
  return found === undefined || found.kind === 'bridge'
    ? null
    : `${from.address} and ${to.address} are both outside of ${from.via}: what they send each other does not pass the world. If ${from.via} is a bridge of the world, write "bridges": { "${from.via}": { "addresses": ${JSON.stringify(found.addresses)} } } instead: there it passes FORWARD`;
}

function isLoopback(address: string): boolean {
  return ipaddr.parse(address).range() === 'loopback';
}
