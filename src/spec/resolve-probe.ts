import type { ProbeInput } from '../model/scenario-file.js';
import type { Cell } from '../model/result.js';
import type { ProbeSpec } from '../model/scenario.js';
import { printEndpoint } from '../words/addresses.js';
import { quote } from '../words/phrases.js';
import { didYouMean } from '../words/suggestion.js';
import { checkExpectation } from './check-expectation.js';
import { makeBatches, type EarlierProbes } from './make-batches.js';
import { normalizeExpectation } from './normalize-expectation.js';
import { getMember, getSound, type Place } from './place.js';
import type { ProblemList } from './problem-list.js';
import { checkPair, resolveEnds, resolveFrom, resolveTo, type Ends, type Parties } from './resolve-ends.js';
import type { Rules } from './resolve-rules.js';

const TIMEOUT_MS = 2500;

/** What a probe may name; null where the file is so wrong that nobody can tell. */
export interface Names extends Parties, EarlierProbes {
  rules: Rules | null;
}

/** Reads one probe and fills in its defaults: the batches of those that it stands for, none where something is wrong. */
export function resolveProbe(place: Place, names: Names, problems: ProblemList): ProbeSpec[][] {
  const isUse = getMember(place, 'use').value !== undefined;
  const used = isUse ? resolveUse(place, names, problems) : null;
  const ends = isUse ? null : resolveEnds(place, names, problems);
  checkExpectation(getMember(place, 'expect'), names.rules, problems);
  const input = getSound<ProbeInput>(place, problems);
  const spec = input === undefined ? null : makeSpec(place, input, ends, used, problems);
  if (input?.open !== undefined || getMember(place, 'open').value !== undefined) {
    noteOpened(place, spec, ends, names, problems);
  }
  if (input === undefined || spec === null || problems.isTouched(place.pointer)) {
    return [];
  }
  return makeBatches(spec, place, input, ends?.to.lastPort ?? spec.to.port, names, problems);
}

/** Reads a cell of a truth table: a probe that has nothing but its ends and its expectation. */
export function resolveCell(place: Place, matrix: Cell, ends: Ends | null, names: Names, problems: ProblemList): ProbeSpec[][] {
  checkExpectation(place, names.rules, problems);
  const expect = getSound<ProbeInput['expect']>(place, problems);
  if (expect === undefined || ends === null || !checkPair(place, ends, names.servers, problems)) {
    return [];
  }
  const spec = makeSpec(place, { from: matrix.client, to: matrix.server, expect }, ends, null, problems);
  return spec === null ? [] : makeBatches({ ...spec, matrix }, place, {}, ends.to.lastPort, names, problems);
}

function makeSpec(place: Place, input: ProbeInput, ends: Ends | null, used: ProbeSpec | null, problems: ProblemList): ProbeSpec | null {
  const way = used ?? (ends === null ? null : toWay(ends));
  if (way === null) {
    return null;
  }
  return {
    index: 0,
    name: input.name ?? (used === null ? `${input.from} → ${input.to}` : `${input.use}: ${used.name}`),
    position: problems.locate(place.pointer),
    expect: normalizeExpectation(input.expect),
    timeoutMs: input.timeoutMs ?? TIMEOUT_MS,
    send: input.send ?? null,
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
  };
}

function toWay({ from, to }: Ends): Pick<ProbeSpec, 'protocol' | 'from' | 'via' | 'clientPort' | 'to' | 'blocking'> {
  const { address, via, port, blocking } = from;
  return { protocol: to.protocol, from: address, via, clientPort: port, to: { address: to.address, port: to.port }, blocking };
}

/** The probe that has opened what this one uses; `from` and `to` need not be said again. */
function resolveUse(place: Place, names: Names, problems: ProblemList): ProbeSpec | null {
  const { opened } = names;
  const at = getMember(place, 'use');
  const name = getSound<string>(at, problems);
  if (name === undefined) {
    return null;
  }
  const opener = opened.get(name);
  if (opener === undefined) {
    problems.add(at.pointer, `no open connection ${quote(name)}${didYouMean(name, opened.keys())}: a probe before this one must "open" it`);
  }
  for (const key of ['open', 'parallel']) {
    const other = getMember(place, key);
    if (other.value !== undefined) {
      problems.add(other.pointer, `${quote(key)} has no meaning beside "use": the connection is there already`);
    }
  }
  if (opener) {
    checkSameEnds(place, opener, names, problems);
  }
  return opener ?? null;
}

/** Ends that are said again must be those of the connection. */
function checkSameEnds(place: Place, opener: ProbeSpec, names: Names, problems: ProblemList): void {
  const [fromPlace, toPlace] = [getMember(place, 'from'), getMember(place, 'to')];
  const from = resolveFrom(fromPlace, names, problems);
  if (from !== null && from.address !== opener.from) {
    problems.add(fromPlace.pointer, `the connection is from ${opener.from}, not from ${from.address}`);
  }
  const to = resolveTo(toPlace, names, problems, opener.via);
  if (to !== null && (to.address !== opener.to.address || to.port !== opener.to.port || to.lastPort !== opener.to.port)) {
    problems.add(toPlace.pointer, `the connection is to ${showEndpoint(opener.to)}, not to ${showEndpoint(to)}`);
  }
}

function showEndpoint({ address, port, lastPort = port }: { address: string; port: number; lastPort?: number }): string {
  return `${printEndpoint(address, port)}${lastPort === port ? '' : `-${lastPort}`}`;
}

function noteOpened(place: Place, spec: ProbeSpec | null, ends: Ends | null, { opened }: Names, problems: ProblemList): void {
  const at = getMember(place, 'open');
  const name = getSound<string>(at, problems);
  if (name === undefined) {
    return;
  }
  if (opened.has(name)) {
    problems.add(at.pointer, `a probe before this one has opened ${quote(name)} already`);
  } else {
    opened.set(name, spec);
  }
  if (spec !== null && spec.protocol !== 'tcp') {
    problems.add(at.pointer, `only a tcp connection can stay open, not ${spec.protocol}`);
  }
  if (ends !== null && ends.to.lastPort !== ends.to.port) {
    problems.add(getMember(place, 'to').pointer, `one connection can be ${quote(name)}, not one to each of ${showEndpoint(ends.to)}`);
  }
  for (const key of ['count', 'parallel']) {
    const other = getMember(place, key);
    if (other.value !== undefined) {
      problems.add(other.pointer, `${quote(key)} has no meaning beside "open": one connection has that name`);
    }
  }
}
