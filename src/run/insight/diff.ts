import { draftComparison } from '../../input/drafts/comparison.js';
import type { GivenRules } from '../../input/drafts/read-rules.js';
import type { Change, ChangeClass, ComparedFate, ComparedPacket, Diff, Disagreement, FileLine } from '../../model/diff.js';
import { ERRORS, InternalError, UsageError } from '../../model/errors.js';
import type { ScenarioResult } from '../../model/result.js';
import type { Family } from '../../model/rule.js';
import type { ReadRuleSet } from '../../predict/chains/rule-set.js';
import { listRemembering } from '../../predict/difference/intervals.js';
import { launchSandbox } from '../../sandbox/launch.js';
import { runSuite } from '../run-suite.js';
import { makeScenario } from './document.js';
import { type Kind, KindSorter } from './kinds.js';
import { findLost } from './lost.js';
import { listPackets, type PacketList } from './packets.js';
import { isSameFate, readFate } from './prove.js';
import { readForEvaluator, readSide, type Side } from './rule-sets.js';

/** The most packets that are compared. */
const MOST_PACKETS = 5_000_000;
/** How often the evaluator is asked at most, about each packet before and after: half a minute. */
const MOST_ASKED = 240_000;
/** So many packets tell how often it must be asked. */
const TRIED_PACKETS = 10_000;
const CLASSES: ChangeClass[] = ['access-gained', 'access-lost', 'other', 'rule'];
const SIDES = ['before', 'after'] as const;

export interface DiffOptions {
  /** The addresses of interfaces, each with a prefix length, instead of drafted ones. */
  interfaces: Map<string, string[]>;
  /** Whether a packet that another rule decides has changed, too. */
  countsRules: boolean;
  signal: AbortSignal;
}

/**
 * Compares two rule sets: the evaluator finds the kinds of packets, and the kernel shows one of each kind in both worlds. Only what the kernel
 * showed is a change.
 */
export async function diffRuleSets(given: Record<'before' | 'after', GivenRules['files']>, options: DiffOptions): Promise<Diff> {
  const started = performance.now();
  const sides = { before: readSide(given.before), after: readSide(given.after) };
  const compared = draftComparison([sides.before.ruleSet, sides.after.ruleSet], options.interfaces);
  const read = await readBoth(sides, compared, options.signal);
  const lists = compared.families.map((family) =>
    listPackets(
      compared,
      family,
      SIDES.map((side) => read[side][family]),
    ),
  );
  const total = countAll(lists);
  const most = Math.min(MOST_PACKETS, total * 2 <= MOST_ASKED ? total : estimateMost(sort(compared, read, lists, TRIED_PACKETS)));
  const sorter = sort(compared, read, lists, most);
  const kinds = [...sorter.kinds.values()];
  const shown = await show(kinds, sides, compared, options.signal);
  const changes = shown.flatMap(({ kind, before, after }) => (before === null || after === null ? [] : toChange(kind, before, after)));
  const wanted = changes.filter((change) => change.class !== 'rule' || options.countsRules);
  const history = (side: 'before' | 'after') =>
    listHistory(read[side], compared.families, shown.find(({ results }) => results[side].rules.length > 0)?.results[side]);
  return {
    version: 1,
    before: given.before.map(({ path }) => path),
    after: given.after.map(({ path }) => path),
    changes: wanted.sort((a, b) => CLASSES.indexOf(a.class) - CLASSES.indexOf(b.class)),
    kinds: kinds.length,
    proved: shown.filter(({ before, after }) => before !== null && after !== null).length,
    packets: sorter.packets,
    ofPackets: total > most ? total : null,
    disagreements: shown.flatMap(listDisagreements),
    notCompared: {
      unknown: [...sorter.unknown].map(([why, packets]) => ({ why, packets })).sort((a, b) => b.packets - a.packets),
      history: { before: history('before'), after: history('after') },
    },
    lost: SIDES.flatMap((side) => findLost(sides[side])),
    durationMs: Math.round(performance.now() - started),
  };
}

type Compared = ReturnType<typeof draftComparison>;
type Read = Record<'before' | 'after', Record<Family, ReadRuleSet>>;

/** Sorts at most `most` packets of all lists, spread over each. */
function sort(compared: Compared, read: Read, lists: PacketList[], most: number): KindSorter {
  const sorter = new KindSorter(compared, read);
  const total = countAll(lists);
  lists.forEach((list) => sorter.add(list, Math.max(1, Math.floor((most * list.count) / total))));
  return sorter;
}

function countAll(lists: PacketList[]): number {
  return lists.reduce((sum, { count }) => sum + count, 0);
}

/** How many packets can be compared, where the evaluator must be asked as often about each as about some that were tried. */
function estimateMost({ asked, packets }: KindSorter): number {
  return Math.floor((MOST_ASKED * packets) / Math.max(1, asked));
}

async function readBoth(sides: Record<'before' | 'after', Side>, compared: Compared, signal: AbortSignal): Promise<Read> {
  const any: ComparedPacket = {
    ...{ protocol: 'icmp', from: '127.0.0.1', inInterface: null, clientPort: null },
    ...{ to: '127.0.0.1', port: null, outInterface: null, listens: false },
  };
  const sandbox = await launchSandbox({ isAlone: true, signal });
  try {
    const read = async (side: Side) => {
      const scenario = makeScenario(any, compared, side.files);
      if (scenario === null) {
        throw new UsageError('no world can have the interfaces that the rules name');
      }
      return readForEvaluator(side, scenario, sandbox.session);
    };
    return { before: await read(sides.before), after: await read(sides.after) };
  } finally {
    await sandbox.end();
  }
}

/** What the kernel showed of a kind. */
interface Shown {
  kind: Kind;
  before: ComparedFate | null;
  after: ComparedFate | null;
  results: Record<'before' | 'after', ScenarioResult>;
}

/** Sends the packet of each kind. Where evidence was lost, as on a machine that is busy, once more. */
async function show(kinds: Kind[], sides: Record<'before' | 'after', Side>, compared: Compared, signal: AbortSignal): Promise<Shown[]> {
  const isSure = ({ before, after }: Shown) => before !== null && after !== null;
  const first = await send(kinds, sides, compared, signal);
  const left = first.filter((shown) => !isSure(shown)).map(({ kind }) => kind);
  const second = left.length === 0 ? [] : await send(left, sides, compared, signal);
  return first.map((shown) => second.find(({ kind }) => kind === shown.kind) ?? shown);
}

/** Sends each packet in two worlds of its own: what one packet leaves behind does not touch another. */
async function send(kinds: Kind[], sides: Record<'before' | 'after', Side>, compared: Compared, signal: AbortSignal): Promise<Shown[]> {
  const scenarios = kinds.flatMap(({ packet }) =>
    SIDES.map((side) => makeScenario(packet, compared, sides[side].files) ?? fail('a packet has a world without rules and none with them')),
  );
  const { scenarios: results, aborted } = await runSuite(scenarios, { signal, tryAdvice: false, backends: ['nft'] });
  if (aborted) {
    throw new InternalError('aborted');
  }
  const error = results.find((result) => result.error !== null)?.error;
  if (error) {
    throw new ERRORS[error.code](error.message, []);
  }
  return kinds.map((kind, place): Shown => {
    const [before, after] = [results[place * 2], results[place * 2 + 1]];
    if (before === undefined || after === undefined) {
      return fail('a world without a result');
    }
    return { kind, before: readFate(before, kind.packet), after: readFate(after, kind.packet), results: { before, after } };
  });
}

function fail(message: string): never {
  throw new InternalError(message);
}

function toChange({ packet, packets }: Kind, before: ComparedFate, after: ComparedFate): Change[] {
  const own = classify(before, after);
  return own === null ? [] : [{ class: own, packet, before, after, packets }];
}

/** null: nothing has changed. A closed port that can be reached is access, too. */
function classify(before: ComparedFate, after: ComparedFate): ChangeClass | null {
  if (isSameFate(before, after)) {
    return before.rule?.text === after.rule?.text ? null : 'rule';
  }
  const [had, has] = [before, after].map(({ cause }) => cause === 'service' || cause === 'no-listener');
  return had === has ? 'other' : has ? 'access-gained' : 'access-lost';
}

function listDisagreements({ kind, before, after }: Shown): Disagreement[] {
  return SIDES.flatMap((side): Disagreement[] => {
    const [expected, seen] = [kind[side], side === 'before' ? before : after];
    if (expected.kind === 'unknown' || seen === null) {
      return [];
    }
    const [evaluator, kernel] = [describe(expected), describe(seen)];
    return evaluator === kernel ? [] : [{ packet: kind.packet, side, evaluator, kernel }];
  });
}

function describe({ outcome, cause }: { outcome: string; cause: string | null }): string {
  return `${outcome}, ${cause ?? 'unexplained'}`;
}

/** The rules whose answer depends on earlier packets, as the kernel's result names them. */
function listHistory(read: Record<Family, ReadRuleSet>, families: Family[], result: ScenarioResult | undefined): FileLine[] {
  const entries = new Set(listRemembering(families.map((family) => read[family])));
  return (result?.rules ?? [])
    .filter(({ index }) => entries.has(index))
    .map(({ text, file, line }) => ({ text, file: file ?? '', line: line ?? null }));
}
