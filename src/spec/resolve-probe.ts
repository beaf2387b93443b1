import type { ProbeInput } from '../model/scenario-file.js';
import type { ProbeSpec } from '../model/scenario.js';
import { checkExpectation } from './check-expectation.js';
import { quote } from './describe-value.js';
import { getAddressProblem } from './get-address-problem.js';
import { normalizeExpectation } from './normalize-expectation.js';
import { parseUrl, type Endpoint } from './parse-url.js';
import { getMember, getSound, type Place } from './place.js';
import type { ProblemList } from './problem-list.js';
import type { Client, Clients } from './resolve-clients.js';
import type { Rules } from './resolve-rules.js';
import type { Servers } from './resolve-servers.js';
import { didYouMean } from '../rules/suggest-word.js';

const TIMEOUT_MS = 2500;

/** Where a server on all addresses is met. */
const USUAL_ADDRESSES: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

/** What a probe may name; null where the file is so wrong that nobody can tell. */
export interface Names {
  servers: Servers | null;
  clients: Clients | null;
  rules: Rules | null;
}

/** Reads one probe and fills in its defaults; null where something is wrong with it or with what it names. */
export function resolveProbe(place: Place, index: number, names: Names, problems: ProblemList): ProbeSpec | null {
  const from = resolveFrom(getMember(place, 'from'), names.clients, problems);
  const to = resolveTo(getMember(place, 'to'), names.servers, problems);
  checkExpectation(getMember(place, 'expect'), names.rules, problems);
  const input = getSound<ProbeInput>(place, problems);
  if (input === undefined || from === null || to === null || !checkPair(place, from, to, problems)) {
    return null;
  }
  return {
    index,
    name: input.name ?? `${input.from} → ${input.to}`,
    position: problems.locate(place.pointer),
    protocol: to.protocol,
    from: from.address,
    to: { address: to.address, port: to.port },
    blocking: from.blocking,
    expect: normalizeExpectation(input.expect),
    timeoutMs: input.timeoutMs ?? TIMEOUT_MS,
    send: input.send ?? null,
    hint: input.hint ?? null,
  };
}

function resolveFrom(place: Place, clients: Clients | null, problems: ProblemList): Client | null {
  const from = getSound<string>(place, problems);
  if (from === undefined) {
    return null;
  }
  const known = clients?.get(from);
  if (known !== undefined) {
    return known;
  }
  const problem = isAddressLike(from) ? getAddressProblem(from, 'client') : describeUnknown('client', from, clients);
  if (problem !== null) {
    problems.add(place.pointer, problem);
  }
  return problem === null && isAddressLike(from) ? { address: from, blocking: false } : null;
}

function resolveTo(place: Place, servers: Servers | null, problems: ProblemList): Endpoint | null {
  const to = getSound<string>(place, problems);
  if (to === undefined) {
    return null;
  }
  const known = servers?.get(to);
  // a server on all addresses is met on the usual one
  if (known !== undefined) {
    return known && { protocol: known.protocol, address: USUAL_ADDRESSES[known.address] ?? known.address, port: known.port };
  }
  if (!isAddressLike(to)) {
    const problem = describeUnknown('server', to, servers);
    if (problem !== null) {
      problems.add(place.pointer, problem);
    }
    return null;
  }
  const endpoint = parseUrl(to, 'destination');
  if (!('problem' in endpoint)) {
    return endpoint;
  }
  problems.add(place.pointer, endpoint.problem);
  return null;
}

/** Whether no name can look like this: names have no ":" and are seldom of digits. */
function isAddressLike(text: string): boolean {
  return /[:/]|^[\d.]+$/.test(text);
}

function describeUnknown(what: 'client' | 'server', name: string, known: Map<string, unknown> | null): string | null {
  return known === null ? null : `no ${what} ${quote(name)}${didYouMean(name, known.keys())}`;
}

/** Whether a client can even try: both ends must be of one family, and only TCP has a connect(2) that blocks. */
function checkPair(place: Place, from: Client, to: Endpoint, problems: ProblemList): boolean {
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
