import type { Entry, Table } from '../../model/rule.js';
import { countNoun } from '../../words/phrases.js';
import { didYouMean } from '../../words/suggestion.js';
import { getTarget, TARGETS } from '../extensions/target-table.js';
import { BUILT_IN_CHAINS, getTablesWithChain, isBuiltInChain, TABLES } from '../tables.js';

/** The most user chains of a table that are searched for a suggestion. Each missing chain can start such a search. */
const MOST_CANDIDATES = 200;

/** One entry of one family, and its index in the scenario's rules. null: the entry could not be read. */
export interface FamilyEntry {
  index: number;
  entry: Entry | null;
}

/** The chains that exist at a point of a rule set, and how many rules each has. */
export class ChainRegister {
  /** Maps "table chain" to the index of the first entry that makes the chain. */
  readonly #makers = new Map<string, number>();
  /** The user chains of each table, for suggestions. */
  readonly #names = new Map<string, string[]>(TABLES.map((table) => [table, []]));
  readonly #lengths = new Map<string, number>();
  readonly #nameEntry: (index: number) => string;
  #hasFailure = false;

  /** Takes all entries, to distinguish a chain that is made too late from a chain that is never made. */
  constructor(items: FamilyEntry[], nameEntry: (index: number) => string) {
    this.#nameEntry = nameEntry;
    for (const { index, entry } of items) {
      if (entry?.kind !== 'new-chain' || this.#findMaker(entry.table, entry.chain) !== -1) {
        continue;
      }
      this.#makers.set(`${entry.table} ${entry.chain}`, index);
      this.#names.get(entry.table)?.push(entry.chain);
    }
  }

  /** Notes that an entry could not be read. From then on, any chain may exist, and any chain may have more rules. */
  noteFailure(): void {
    this.#hasFailure = true;
  }

  /** Applies an entry. Returns the reasons why iptables would refuse it. */
  add(entry: Entry, index: number): string[] {
    switch (entry.kind) {
      case 'new-chain':
        return this.#make(entry, index);
      case 'policy':
        return this.#checkPolicy(entry, index);
      case 'append':
      case 'insert':
        return this.#addRules(entry, index);
    }
  }

  #make({ table, chain }: Entry, index: number): string[] {
    const [owner] = getTablesWithChain(chain);
    if (isBuiltInChain(table, chain)) {
      return [`${chain} is a built-in chain of table ${table}: -N cannot make it`];
    }
    if (owner !== undefined) {
      return [`${chain} is a built-in chain of table ${owner}: choose another name`];
    }
    const key = `${table} ${chain}`;
    if (!this.#lengths.has(key)) {
      this.#lengths.set(key, 0);
    }
    const earlier = this.#findMaker(table, chain);
    return earlier < index ? [`chain ${chain} is there already: ${this.#nameEntry(earlier)} made it`] : [];
  }

  #checkPolicy(entry: Entry, index: number): string[] {
    const { table, chain } = entry;
    if (isBuiltInChain(table, chain)) {
      return [];
    }
    const isUsers = this.#findMaker(table, chain) !== -1;
    return isUsers ? [`-P cannot be used on ${chain}: only built-in chains have a policy`] : this.#checkChain(entry, chain, index);
  }

  #addRules(entry: Extract<Entry, { kind: 'append' | 'insert' }>, index: number): string[] {
    const { table, chain, rules } = entry;
    const problems = this.#checkChain(entry, chain, index);
    const target = rules[0]?.target ?? null;
    if (target !== null && getTarget(target.name) === null) {
      problems.push(...this.#checkChain(entry, target.name, index, Object.keys(TARGETS)));
    }
    const key = `${table} ${chain}`;
    const length = this.#lengths.get(key) ?? 0;
    if (entry.kind === 'insert' && entry.position > length + 1 && problems.length === 0 && !this.#hasFailure) {
      problems.push(
        `-I ${chain} ${entry.position}: ${chain} has ${countNoun(length, 'rule')} here, so the last possible position is ${length + 1}`,
      );
    }
    this.#lengths.set(key, length + rules.length);
    return problems;
  }

  #checkChain({ family, table }: Entry, chain: string, index: number, more: string[] = []): string[] {
    if (isBuiltInChain(table, chain)) {
      return [];
    }
    const maker = this.#findMaker(table, chain);
    if (maker !== -1 && maker < index) {
      return [];
    }
    const others = getTablesWithChain(chain);
    if (others.length > 0) {
      return [`table ${table} has no chain ${chain}: it is in ${others.join(', ')}`];
    }
    if (this.#hasFailure) {
      return [];
    }
    if (maker !== -1) {
      return [`chain ${chain} does not exist yet: put ${this.#nameEntry(maker)} (-N ${chain}) before this one`];
    }
    const elsewhere = TABLES.find((other) => this.#findMaker(other, chain) !== -1);
    const own = (this.#names.get(table) ?? []).slice(0, MOST_CANDIDATES);
    const candidates = [...own, ...BUILT_IN_CHAINS[table], ...more];
    const hint = elsewhere ? ` (it is made in table ${elsewhere})` : didYouMean(chain, candidates);
    // `-j reject` means REJECT: a new chain of that name would be no help.
    const isOtherCase = !elsewhere && candidates.some((name) => name.toLowerCase() === chain.toLowerCase());
    const remedy = isOtherCase ? '' : `: make it before with ${family === 'ipv6' ? 'ip6tables ' : ''}-N ${chain}`;
    return [`${family === 'ipv6' ? 'IPv6 ' : ''}table ${table} has no chain ${chain}${hint}${remedy}`];
  }

  #findMaker(table: Table, chain: string): number {
    return this.#makers.get(`${table} ${chain}`) ?? -1;
  }
}
