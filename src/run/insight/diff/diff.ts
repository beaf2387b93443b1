import type { ComparedWorld } from '../../../input/drafts/compared/comparison.js';
import type { Change, ChangeClass, ComparedFate, Diff, Disagreement, FileLine } from '../../../model/insight/diff.js';
import type { ScenarioResult } from '../../../model/result.js';
import type { Family } from '../../../model/rule.js';
import type { ReadRuleSet } from '../../../predict/chains/rule-set.js';
import { listRemembering } from '../../../predict/difference/intervals.js';
import { type FamilyKinds, sortFamilies } from './families.js';
import { KindSorter } from './kinds.js';
import { findLost } from './lost.js';
import { listPackets, type PacketList, toList } from './packets.js';
import { isSameForClient, isSameFate } from './prove.js';
import { type DiffRequest, readBoth, readRequest } from './request.js';
import { type SentKind, show, type Shown, SIDES } from './show.js';

/** The most packets that are compared. */
const MOST_PACKETS = 5_000_000;
/** How often the evaluator is asked at most, about each packet before and after: half a minute. */
const MOST_ASKED = 240_000;
/** So many packets tell how often it must be asked. */
const TRIED_PACKETS = 10_000;
const CLASSES: ChangeClass[] = ['access-gained', 'access-lost', 'other', 'rule'];

export interface DiffOptions {
  /** Whether a packet that another rule decides has changed, too. */
  countsRules: boolean;
  signal: AbortSignal;
}

/** Kinds of packets, and how many packets were sorted into them. */
interface Sorted extends Omit<FamilyKinds, 'kinds'> {
  kinds: SentKind[];
}

/**
 * Compares two rule sets, or the families of one: the evaluator finds the kinds of packets, and the kernel shows one of each kind on both
 * sides. Only what the kernel showed is a change.
 */
export async function diffRuleSets(request: DiffRequest, options: DiffOptions): Promise<Diff> {
  const started = performance.now();
  const { sides, compared, names } = readRequest(request);
  const read = await readBoth(sides, compared, options.signal);
  const isOfFamilies = names.compares === 'families';
  const { kinds, unknown, packets, ofPackets } = isOfFamilies
    ? sortFamilies(compared, sides.before.ruleSet, read.before, MOST_ASKED / 2)
    : sortPackets(compared, read);
  const shown = await show(kinds, sides, compared, options.signal);
  const isSame = isOfFamilies ? isSameForClient : isSameFate;
  const changes = shown.flatMap(({ kind, before, after }) =>
    before === null || after === null ? [] : toChange(kind, before, after, isSame),
  );
  const wanted = changes.filter((change) => change.class !== 'rule' || options.countsRules);
  const history = (side: 'before' | 'after', families: Family[]) =>
    listHistory(read[side], families, shown.find(({ results }) => results[side].rules.length > 0)?.results[side]);
  return {
    version: 1,
    ...names,
    changes: wanted.sort((a, b) => CLASSES.indexOf(a.class) - CLASSES.indexOf(b.class)),
    kinds: kinds.length,
    proved: shown.filter(({ before, after }) => before !== null && after !== null).length,
    packets,
    ofPackets,
    disagreements: shown.flatMap(listDisagreements),
    notCompared: {
      unknown: [...unknown].map(([why, count]) => ({ why, packets: count })).sort((a, b) => b.packets - a.packets),
      history: isOfFamilies
        ? { before: history('before', ['ipv4']), after: history('after', ['ipv6']) }
        : { before: history('before', compared.families), after: history('after', compared.families) },
    },
    lost: [...new Set(SIDES.map((side) => sides[side]))].flatMap(findLost),
    durationMs: Math.round(performance.now() - started),
  };
}

type Read = Record<'before' | 'after', Record<Family, ReadRuleSet>>;

function sortPackets(compared: ComparedWorld, read: Read): Sorted {
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
  const kinds = [...sorter.kinds.values()].map((kind) => ({ ...kind, packetAfter: null }));
  return { kinds, unknown: sorter.unknown, packets: sorter.packets, ofPackets: total > most ? total : null };
}

/** Sorts the packets of the scenario's own probes, and at most `most` of all lists, spread over each. */
function sort(compared: ComparedWorld, read: Read, lists: PacketList[], most: number): KindSorter {
  const sorter = new KindSorter(compared, read);
  const total = countAll(lists);
  compared.probed.map(toList).forEach((list) => sorter.add(list, 1));
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

function toChange(
  { packet, packetAfter, packets }: SentKind,
  before: ComparedFate,
  after: ComparedFate,
  isSame: typeof isSameFate,
): Change[] {
  const own = classify(before, after, isSame);
  return own === null ? [] : [{ class: own, packet, packetAfter, before, after, packets }];
}

/** null: nothing has changed. A closed port that can be reached is access, too. */
function classify(before: ComparedFate, after: ComparedFate, isSame: typeof isSameFate): ChangeClass | null {
  if (isSame(before, after)) {
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
    const packet = (side === 'after' ? kind.packetAfter : null) ?? kind.packet;
    return evaluator === kernel ? [] : [{ packet, side, evaluator, kernel }];
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
