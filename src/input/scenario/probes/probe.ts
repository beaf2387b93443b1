import { PROTOCOLS } from '../../../model/protocols.js';
import type { Cell } from '../../../model/result.js';
import type { Family } from '../../../model/rule.js';
import type { ProbeInput } from '../../../model/scenario-file.js';
import type { ProbeSpec } from '../../../model/scenario.js';
import { getFamily, printEndpoint } from '../../../words/addresses.js';
import { listWords, quote } from '../../../words/phrases.js';
import { didYouMean } from '../../../words/suggestion.js';
import type { Place } from '../../json/document.js';
import { normalizeExpectation } from '../../schema/expectation.js';
import { checkPairs, type Ends, type Parties, resolveEnds, resolveFrom, resolveTo, type Target } from '../parties/ends.js';
import type { Rules } from '../rules/rules.js';
import { type EarlierProbes, makeBatches } from './batches.js';

const TIMEOUT_MS = 2500;

/** What a probe can refer to. `rules` is null if the rules are not known: references to rules are then not checked. */
export interface ProbeScope extends Parties, EarlierProbes {
  rules: Rules | null;
}

/** Reads one probe, fills in its defaults and expands it. The result has no batches if there is an error. */
export function resolveProbe(place: Place, names: ProbeScope): ProbeSpec[][] {
  const isUse = place.member('use').value !== undefined;
  const used = isUse ? resolveUse(place, names) : null;
  const ends = isUse ? null : resolveEnds(place, names);
  checkExpectation(place.member('expect'), names.rules);
  const input = place.read<ProbeInput>();
  const specs = input === undefined ? [] : makeSpecs(place, input, ends, used);
  checkDatagrams(place, specs);
  if (input?.open !== undefined || place.member('open').value !== undefined) {
    noteOpened(place, specs[0] ?? null, ends ?? [], names);
  }
  return input === undefined || !place.isSound ? [] : makeBatches(specs, place, input, ends?.[0]?.to.lastPort ?? null, names);
}

/** Reads a cell of a truth table: a probe that has only its ends and its expectation. */
export function resolveCell(place: Place, matrix: Cell, ends: Ends[] | null, names: ProbeScope): ProbeSpec[][] {
  checkExpectation(place, names.rules);
  const expect = place.read<ProbeInput['expect']>();
  if (expect === undefined || ends === null || !checkPairs(place, ends, names)) {
    return [];
  }
  const specs = makeSpecs(place, { from: matrix.client, to: matrix.server, expect }, ends, null);
  return makeBatches(
    specs.map((spec) => ({ ...spec, matrix })),
    place,
    {},
    ends[0]?.to.lastPort ?? null,
    names,
  );
}

/** The probe to each address of its destination. There is one address, unless `to` has the name of a host with several. */
function makeSpecs(place: Place, input: ProbeInput, ends: Ends[] | null, used: ProbeSpec | null): ProbeSpec[] {
  const ways = used === null ? (ends ?? []).map(toWay) : [used];
  const name = input.name ?? (used === null ? `${input.from} → ${input.to}` : `${input.use}: ${used.name}`);
  return ways.map((way, row) => makeSpec(place, input, way, ways.length > 1 ? `${name} at ${way.to.address}` : name, row));
}

/** The most bytes behind the headers of IP and UDP: the length field of IP has 16 bits, and that of IPv4 counts its header. */
const MOST_BYTES: Record<Family, number> = { ipv4: 65507, ipv6: 65527 };

/** Reports a text that no datagram can carry. */
function checkDatagrams(place: Place, specs: ProbeSpec[]): void {
  for (const { protocol, send, to } of specs) {
    const most = MOST_BYTES[getFamily(to.address)];
    const bytes = Buffer.byteLength(send ?? '');
    if (protocol === 'udp' && bytes > most) {
      place.member('send').complain(`expected at most ${most} bytes, which a datagram to ${to.address} can carry, found ${bytes}`);
    }
  }
}

function makeSpec(place: Place, input: ProbeInput, way: Way, name: string, row: number): ProbeSpec {
  return {
    index: 0,
    // numberProbes() gives it its number.
    resultIndex: row,
    name,
    position: place.position,
    client: input.from === undefined ? way.client : input.from === way.from ? null : input.from,
    server: way.server,
    expect: normalizeExpectation(input.expect),
    timeoutMs: input.timeoutMs ?? TIMEOUT_MS,
    send: typeof input.send === 'object' ? 'x'.repeat(input.send.bytes) : (input.send ?? null),
    hint: input.hint ?? null,
    matrix: null,
    open: input.open ?? null,
    use: input.use ?? null,
    protocol: way.protocol,
    from: way.from,
    via: way.via,
    clientPort: way.clientPort,
    to: way.to,
    blocking: way.blocking,
    user: way.user,
  };
}

type Way = Pick<ProbeSpec, 'client' | 'server' | 'protocol' | 'from' | 'via' | 'clientPort' | 'to' | 'blocking' | 'user'>;

function toWay({ from, to }: Ends): Way {
  const { address, via, port, blocking, user } = from;
  return {
    client: null,
    server: to.name,
    protocol: to.protocol,
    from: address,
    via,
    clientPort: port,
    to: { address: to.address, port: to.port },
    blocking,
    user,
  };
}

/** Finds the probe that opened the connection which this probe uses. `from` and `to` are optional then. */
function resolveUse(place: Place, names: ProbeScope): ProbeSpec | null {
  const { opened } = names;
  const at = place.member('use');
  const name = at.read<string>();
  if (name === undefined) {
    return null;
  }
  const opener = opened.get(name);
  if (opener === undefined) {
    at.complain(`no open connection ${quote(name)}${didYouMean(name, opened.keys())}: a probe before this one must "open" it`);
  }
  for (const key of ['open', 'parallel']) {
    const other = place.member(key);
    if (other.value !== undefined) {
      other.complain(`${quote(key)} has no meaning beside "use": the connection is there already`);
    }
  }
  if (opener) {
    checkSameEnds(place, opener, names);
  }
  return opener ?? null;
}

/** Checks that `from` and `to`, if given, are the ends of the connection. */
function checkSameEnds(place: Place, opener: ProbeSpec, names: ProbeScope): void {
  const [fromPlace, toPlace] = [place.member('from'), place.member('to')];
  const from = resolveFrom(fromPlace, names);
  if (from !== null && [from, ...from.further].every(({ address }) => address !== opener.from)) {
    fromPlace.complain(`the connection is from ${opener.from}, not from ${from.address}`);
  }
  const targets = resolveTo(toPlace, names, opener.via);
  const isOpeners = (to: Target) => to.address === opener.to.address && to.port === opener.to.port && to.lastPort === opener.to.port;
  if (targets !== null && !targets.some(isOpeners)) {
    toPlace.complain(`the connection is to ${showEndpoint(opener.to)}, not to ${listWords(targets.map(showEndpoint))}`);
  }
}

function showEndpoint({ address, port, lastPort = port }: { address: string; port: number; lastPort?: number }): string {
  return `${printEndpoint(address, port)}${lastPort === port ? '' : `-${lastPort}`}`;
}

function noteOpened(place: Place, spec: ProbeSpec | null, ends: Ends[], { opened }: ProbeScope): void {
  const at = place.member('open');
  const name = at.read<string>();
  if (name === undefined) {
    return;
  }
  if (opened.has(name)) {
    at.complain(`a probe before this one has opened ${quote(name)} already`);
  } else {
    opened.set(name, spec);
  }
  if (spec !== null && !PROTOCOLS[spec.protocol].canStayOpen) {
    at.complain(`only a tcp connection or a udp socket can stay open, not ${spec.protocol}`);
  }
  if (ends.length > 1 || ends.some(({ to }) => to.lastPort !== to.port)) {
    const targets = listWords(
      ends.map(({ to }) => showEndpoint(to)),
      'and',
    );
    place.member('to').complain(`one connection can be ${quote(name)}, not one to each of ${targets}`);
  }
  for (const key of ['count', 'parallel']) {
    const other = place.member(key);
    if (other.value !== undefined) {
      other.complain(`${quote(key)} has no meaning beside "open": one connection has that name`);
    }
  }
}

/** Reports errors of an `expect` that the schema cannot find: an unknown rule, or an `afterMs` above `withinMs`. */
function checkExpectation(place: Place, rules: Rules | null): void {
  const at = place.member('rule');
  const rule = at.read<string | number>();
  const problem = rule === undefined || rules === null ? null : getRuleProblem(rule, rules);
  if (problem !== null) {
    at.complain(problem);
  }

  const after = place.member('afterMs');
  const [afterMs, withinMs] = [after, place.member('withinMs')].map((time) => time.read<number>());
  if (afterMs !== undefined && withinMs !== undefined && afterMs > withinMs) {
    after.complain(`expected at most withinMs (${withinMs}), found ${afterMs}`);
  }
}

function getRuleProblem(rule: string | number, { count, names }: Rules): string | null {
  if (typeof rule === 'string') {
    return names.has(rule) ? null : `no rule ${quote(rule)}${didYouMean(rule, names)}`;
  }
  if (rule < count) {
    return null;
  }
  if (count === 0) {
    return `no rule ${rule}: no rules hold here`;
  }
  return `no rule ${rule}: expected ${count === 1 ? '0' : `0 to ${count - 1}`}, or a name`;
}
