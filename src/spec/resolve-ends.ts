import { quote } from './describe-value.js';
import { getAddressProblem } from './get-address-problem.js';
import { parseUrl, type Endpoint } from './parse-url.js';
import { getMember, getSound, type Place } from './place.js';
import type { ProblemList } from './problem-list.js';
import { makeClient, type Client, type Clients } from './resolve-clients.js';
import { replaceHost } from './replace-host.js';
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
}

/** Where a probe goes from and to. */
export interface Ends {
  from: Client;
  to: Endpoint;
}

/** Reads `from` and `to` of a probe, which must be there. */
export function resolveEnds(place: Place, names: Parties, problems: ProblemList): Ends | null {
  const [from, to] = [resolveFrom(getMember(place, 'from'), names, problems), resolveTo(getMember(place, 'to'), names, problems)];
  for (const key of ['from', 'to']) {
    if (typeof place.value === 'object' && getMember(place, key).value === undefined) {
      problems.add(place.pointer, `missing key "${key}"`);
    }
  }
  return from !== null && to !== null && checkPair(place, { from, to }, problems) ? { from, to } : null;
}

export function resolveFrom(place: Place, names: Parties, problems: ProblemList): Client | null {
  const from = getSound<string>(place, problems);
  return from === undefined ? null : findClient(from, place, names, problems);
}

/** The client that a name or an address stands for. */
export function findClient(from: string, place: Place, { clients, hosts }: Parties, problems: ProblemList): Client | null {
  const known = clients?.get(from);
  if (known !== undefined) {
    return known;
  }
  const address = hosts?.has(from) ? hosts.get(from) : from;
  if (address === null || address === undefined) {
    return null;
  }
  const problem = isAddressLike(address) ? getAddressProblem(address, 'client') : describeUnknown('client', from, clients, hosts);
  if (problem !== null) {
    problems.add(place.pointer, problem, place.at);
  }
  return problem === null && isAddressLike(address) ? makeClient(address) : null;
}

export function resolveTo(place: Place, names: Parties, problems: ProblemList): Endpoint | null {
  const to = getSound<string>(place, problems);
  return to === undefined ? null : findTarget(to, place, names, problems);
}

/** Where a server's name or a URL leads. */
export function findTarget(to: string, place: Place, { servers, hosts }: Parties, problems: ProblemList): Endpoint | null {
  const known = servers?.get(to);
  // a server on all addresses is met on the usual one
  if (known !== undefined) {
    return known && { ...known, address: USUAL_ADDRESSES[known.address] ?? known.address };
  }
  if (!isAddressLike(to)) {
    const problem = describeUnknown('server', to, servers, null);
    if (problem !== null) {
      problems.add(place.pointer, problem, place.at);
    }
    return null;
  }
  const url = hosts === null ? null : replaceHost(to, hosts);
  const endpoint = typeof url === 'string' ? parseUrl(url, 'destination') : url;
  if (endpoint !== null && 'problem' in endpoint) {
    problems.add(place.pointer, endpoint.problem, place.at);
    return null;
  }
  return endpoint;
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

/** Whether a client can even try: both ends must be of one family, and only TCP has a connect(2) that blocks. */
export function checkPair(place: Place, { from, to }: Ends, problems: ProblemList): boolean {
  if (from.address.includes(':') !== to.address.includes(':')) {
    problems.add(place.pointer, `${from.address} cannot reach ${to.address}: one is IPv4, the other IPv6`);
    return false;
  }
  if (from.blocking && to.protocol !== 'tcp') {
    problems.add(place.pointer, `a blocking client connects by tcp, not by ${to.protocol}`);
    return false;
  }
  return true;
}
