import type { Chain, PlannedLine } from '../../model/plan.js';
import type { Rule, Table } from '../../model/rule.js';
import { areDisjoint, contains } from './contains.js';
import { type Field, listChanges } from './fields.js';
import { listFields, type PacketSet, toPacketSet } from './packet-set.js';

/** The most comparisons of two rules in one rule set: a second at most. Past them no further rule is called dead. */
const MOST_COMPARISONS = 1_000_000;

/** The chains of one family, and what was found out about their rules. */
export class ChainReader {
  readonly #chains: Map<string, Chain<PlannedLine>>;
  readonly #sets = new WeakMap<Rule, PacketSet>();
  readonly #changes = new Map<string, Set<Field>>();
  #comparisons = 0;

  constructor(chains: Chain<PlannedLine>[]) {
    this.#chains = new Map(chains.map((chain) => [`${chain.table} ${chain.name}`, chain]));
  }

  getSet(rule: Rule): PacketSet {
    let set = this.#sets.get(rule);
    if (set === undefined) {
      set = toPacketSet(rule);
      this.#sets.set(rule, set);
    }
    return set;
  }

  /** Whether a rule certainly matches all packets of a set. */
  takesAll(rule: Rule, packets: PacketSet): boolean {
    this.#comparisons++;
    return this.#comparisons <= MOST_COMPARISONS && contains(this.getSet(rule), packets);
  }

  /** A chain by its name; null if the rule set says nothing of it. */
  getChain(table: Table, name: string): Chain<PlannedLine> | null {
    return this.#chains.get(`${table} ${name}`) ?? null;
  }

  /** The user chain to which a rule sends packets; null if its target is no chain. */
  getNext(table: Table, { target }: Rule): Chain<PlannedLine> | null {
    return target === null ? null : this.getChain(table, target.name);
  }

  /** Whether any rule can change a field. */
  changes(field: Field): boolean {
    return [...this.#chains.values()].some(({ lines }) => lines.some(({ rule }) => listChanges(rule).includes(field)));
  }

  /** What a rule, or a chain that it leads to, can change of a packet. */
  listChanges(table: Table, rule: Rule): Set<Field> {
    const next = this.getNext(table, rule);
    return new Set([...listChanges(rule), ...(next === null ? [] : this.#listChangesOf(next))]);
  }

  #listChangesOf(chain: Chain<PlannedLine>): Set<Field> {
    const key = `${chain.table} ${chain.name}`;
    const known = this.#changes.get(key);
    if (known !== undefined) {
      return known;
    }
    const changes = new Set<Field>();
    this.#changes.set(key, changes);
    for (const { rule } of chain.lines) {
      this.listChanges(chain.table, rule).forEach((field) => changes.add(field));
    }
    return changes;
  }

  /**
   * The targets that end the way of packets through a chain, at one of its rules. null if the rule lets a packet go on, or if a packet may
   * come back from the chain to which the rule jumps.
   */
  listEnds(table: Table, line: PlannedLine, packets: PacketSet, changed: ReadonlySet<Field> = new Set()): Set<string> | null {
    const name = line.rule.target?.name ?? '';
    if (line.action === 'continue') {
      return null;
    }
    const next = line.action === 'jump' || line.action === 'goto' ? this.getNext(table, line.rule) : null;
    const ends = next === null ? null : this.#listEndsOf(next, packets, changed);
    // What goes to a chain by goto does not come back here, whatever becomes of it.
    return line.action === 'jump' ? ends : (ends ?? new Set([name]));
  }

  /** The targets that end packets in a user chain; null if one of the packets may return from it. */
  #listEndsOf(chain: Chain<PlannedLine>, packets: PacketSet, before: ReadonlySet<Field>): Set<string> | null {
    const targets = new Set<string>();
    const changed = new Set(before);
    for (const line of chain.lines) {
      const own = this.getSet(line.rule);
      const isKnown = [...listFields(packets), ...listFields(own)].every((field) => !changed.has(field));
      if (line.action !== 'continue' && !(isKnown && areDisjoint(own, packets))) {
        const next = line.action === 'goto' ? this.getNext(chain.table, line.rule) : null;
        if (line.action === 'return' || (next !== null && this.#listEndsOf(next, packets, changed) === null)) {
          return null;
        }
        const ends = this.listEnds(chain.table, line, packets, changed);
        (ends ?? [line.rule.target?.name ?? '']).forEach((target) => targets.add(target));
        if (ends !== null && isKnown && this.takesAll(line.rule, packets)) {
          return targets;
        }
      }
      this.listChanges(chain.table, line.rule).forEach((field) => changed.add(field));
    }
    return null;
  }
}
