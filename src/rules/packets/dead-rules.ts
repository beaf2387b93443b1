import type { Chain, PlannedLine } from '../../model/plan.js';
import type { Table, Target } from '../../model/rule.js';
import type { ScenarioRule } from '../../model/scenario.js';
import { layOutChains } from '../chains/layout.js';
import { getTarget } from '../extensions/target-table.js';
import { findUnmet } from '../rule/unmet.js';
import { ChainReader } from './chain-ends.js';
import { ALL_STATES } from './combinations.js';
import { areDisjoint } from './contains.js';
import { CoverIndex } from './cover-index.js';
import type { Field } from './fields.js';
import { isEmpty, listFields, type PacketSet } from './packet-set.js';

/**
 * What the rule before a dead rule does with its packets, compared with what the dead rule would do.
 * - other: another verdict
 * - same: the same verdict
 * - unasked: the dead rule only logs, counts or marks, or leads to a chain
 */
export type ShadowKind = 'other' | 'same' | 'unasked';

/** A rule that no packet can match, because an earlier rule of its chain ends every packet that it would match. */
export interface DeadRule {
  /** The indices of both rules. */
  rule: number;
  by: number;
  table: Table;
  chain: string;
  kind: ShadowKind;
  target: Target | null;
  /** The targets that end the packets instead. */
  ends: string[];
}

/** Finds the dead rules of a rule set for iptables. A rule that stands for several kernel rules is dead if all of them are. */
export function findDeadRules(rules: ScenarioRule[]): DeadRule[] {
  const backends = new Set(rules.map(({ backend }) => backend));
  // Whether a rule without a back end of its own is in the chains of those with one is known only when they run.
  const lists = backends.size > 1 && backends.has(null) ? [] : [...backends].map((own) => rules.filter(({ backend }) => backend === own));
  return lists.flatMap(findInList);
}

function findInList(rules: ScenarioRule[]): DeadRule[] {
  const alive = new Set<number>();
  const dead = new Map<number, DeadRule>();
  for (const family of ['ipv4', 'ipv6'] as const) {
    const chains = layOutChains(rules, family, []);
    const reader = new ChainReader(chains);
    for (const chain of chains) {
      for (const { entry, found } of findInChain(chain, reader)) {
        if (found === null) {
          alive.add(entry);
        } else if (!dead.has(entry)) {
          dead.set(entry, found);
        }
      }
    }
  }
  return [...dead.values()].filter(({ rule }) => !alive.has(rule)).sort((a, b) => a.rule - b.rule);
}

/** A rule, and what makes it dead; null if nothing does. */
interface Asked {
  entry: number;
  found: DeadRule | null;
}

/** A rule after which packets may have other fields. */
interface Changer {
  place: number;
  fields: Set<Field>;
  set: PacketSet;
}

/** Whether a rule may change one of the fields of packets of a set. Marks and states do not tell whom it meets: it may have changed them. */
function mayChange({ fields, set }: Changer, asked: Set<Field>, packets: PacketSet): boolean {
  const lasting = { ...set, marks: [], states: ALL_STATES };
  return [...fields].some((field) => asked.has(field)) && (fields.has('addresses') || !areDisjoint(lasting, packets));
}

function findInChain(chain: Chain<PlannedLine>, reader: ChainReader): Asked[] {
  const { table, name, family, lines } = chain;
  const index = new CoverIndex();
  const changers: Changer[] = [];
  return lines.flatMap((line, place): Asked[] => {
    const { entry, rule } = line;
    const set = reader.getSet(rule);
    // What no packet meets has a warning of its own, and covers nothing.
    if (entry === null || isEmpty(set) || findUnmet(rule, family) !== null) {
      return [];
    }
    const cover = index.find(
      set,
      (each) =>
        reader.takesAll(each.line.rule, set) &&
        !changers.some((changer) => changer.place > each.place && mayChange(changer, each.fields, set)),
    );
    if (cover !== null && cover.line.entry !== null) {
      const ends = [...cover.ends];
      const kind = compare(reader, chain, line, cover.line, ends);
      return [{ entry, found: { rule: entry, by: cover.line.entry, table, chain: name, kind, target: rule.target, ends } }];
    }
    const ends = reader.listEnds(table, line, set);
    if (ends !== null) {
      index.add({ line, place, ends, fields: listFields(set) }, set);
    }
    const fields = reader.listChanges(table, rule);
    if (fields.size > 0) {
      changers.push({ place, fields, set });
    }
    return [{ entry, found: null }];
  });
}

function compare(reader: ChainReader, { table }: Chain<PlannedLine>, line: PlannedLine, cover: PlannedLine, ends: string[]): ShadowKind {
  const own = reader.listEnds(table, line, reader.getSet(line.rule));
  const [verdict] = own ?? [];
  // Behind a goto, another chain decides.
  if (ends.some((each) => getTarget(each) === null)) {
    return 'unasked';
  }
  if (isSameTarget(line.rule.target, cover.rule.target)) {
    return line.action === 'continue' ? 'unasked' : 'same';
  }
  if (own?.size !== 1 || verdict === undefined || ends.length !== 1) {
    return own !== null && own.size > 0 && ends.every((each) => !own.has(each)) ? 'other' : 'unasked';
  }
  const hasOptions = [line, cover].some(({ rule }) => rule.target?.name === verdict && rule.target.options.length > 0);
  return verdict === ends[0] && !hasOptions ? 'same' : 'other';
}

function isSameTarget(one: Target | null, other: Target | null): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
