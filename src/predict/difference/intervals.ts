import { joinRanges, type Range } from '../../rules/packets/ranges.js';
import type { NumberField } from '../../rules/packets/packet-set.js';
import type { ReadRuleSet } from '../chains/rule-set.js';

/** Numbers that no rule tells apart: each rule matches all of them, or none. */
export type NumberClass = Range[];

/**
 * Divides the numbers from 0 to `most` into those that no rule tells apart. The ranges of a field have edges; between two edges that follow
 * each other, every number meets the same rules. Intervals that meet the same rules are one class.
 * @param fields a packet and its answer have their ends the other way round, so a field seldom comes alone
 */
export function listClasses(ruleSets: ReadRuleSet[], fields: NumberField[], most: bigint): NumberClass[] {
  const bits = new Map<string, number>();
  const changes = new Map<bigint, bigint>([[0n, 0n]]);
  const change = (at: bigint, bit: number) => at <= most && changes.set(at, (changes.get(at) ?? 0n) ^ (1n << BigInt(bit)));
  for (const ranges of listRanges(ruleSets, fields).map(joinRanges)) {
    const key = ranges.join(' ');
    if (!bits.has(key)) {
      const bit = bits.size;
      bits.set(key, bit);
      ranges.forEach(([first, last]) => [first, last + 1n].forEach((at) => change(at, bit)));
    }
  }
  const edges = [...changes.keys()].sort((a, b) => (a < b ? -1 : 1));
  const classes = new Map<bigint, NumberClass>();
  let met = 0n;
  for (const [place, first] of edges.entries()) {
    met ^= changes.get(first) ?? 0n;
    const own = classes.get(met) ?? [];
    own.push([first, (edges[place + 1] ?? most + 1n) - 1n]);
    classes.set(met, own);
  }
  return [...classes.values()];
}

function listRanges(ruleSets: ReadRuleSet[], fields: NumberField[]): Range[][] {
  return listRules(ruleSets).flatMap(({ reach }) => {
    const sets = [reach.getSet(), ...reach.listLeads().map(({ set }) => set)];
    return sets.flatMap(({ numbers }) => fields.flatMap((field) => (numbers[field] === undefined ? [] : [numbers[field]])));
  });
}

function listRules(ruleSets: ReadRuleSet[]) {
  return ruleSets.flatMap(({ read }) => read.flatMap((chains) => [...chains.values()].flatMap(({ rules }) => rules)));
}

/** The entries of rules that remember packets: what they answer depends on those before. */
export function listRemembering(ruleSets: ReadRuleSet[]): number[] {
  const remembers = listRules(ruleSets).filter(({ conditions }) => conditions.some((condition) => condition.remembers));
  return [...new Set(remembers.flatMap(({ entry }) => entry ?? []))].sort((a, b) => a - b);
}
