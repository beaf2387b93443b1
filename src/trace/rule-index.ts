import type { TraceEvent } from '../model/evidence.js';
import type { Family } from '../model/rule.js';
import { getStation, type Station } from './hooks.js';
import type { KnownChain, KnownRule } from './known-chain.js';

/** A chain as the packets of one family meet it. There is one of each, so that what is known of it can be kept by it. */
export interface IndexedChain {
  family: Family;
  table: string;
  name: string;
  /** null for one that iptables has made, and of which the plan need not know. */
  known: KnownChain | null;
  /** Where a packet is that comes to it; null for a chain that others lead to. */
  station: Station | null;
  rules: IndexedRule[];
  /** Those that may decide a retransmission otherwise, in their order. */
  doubtful: IndexedRule[];
  /** This chain alone: what nearly all packets have visited of a hook, which they share. */
  alone: readonly IndexedChain[];
}

/** A rule as the packets of one family meet it; of each, too, there is one. */
export interface IndexedRule {
  chain: IndexedChain;
  /** Place in the chain, from 0. */
  place: number;
  rule: KnownRule;
}

interface IndexedTable {
  chains: Map<string, IndexedChain>;
  /** By what the kernel calls them. */
  rules: Map<string, IndexedRule>;
}

type Place = Pick<TraceEvent, 'family' | 'table' | 'chain'>;

/** Finds the chain and the rule behind what the kernel's trace names. */
export class RuleIndex {
  /** Map by map, for a key that is put together of the names costs a string with each event. */
  readonly #tables: Record<Family, Map<string, IndexedTable>> = { ipv4: new Map(), ipv6: new Map() };

  #hasDoubts = false;

  constructor(chains: KnownChain[]) {
    for (const chain of chains) {
      for (const family of chain.families) {
        this.#add(family, chain);
      }
    }
  }

  /** Whether any rule may decide a retransmission otherwise. */
  get hasDoubts(): boolean {
    return this.#hasDoubts;
  }

  /** The rule that a packet met; null where the event means none that is known. */
  getRule(event: TraceEvent): IndexedRule | null {
    if (event.rule === null) {
      return null;
    }
    if ('place' in event.rule) {
      return this.getChain(event).rules[event.rule.place] ?? null;
    }
    return this.#tables[event.family].get(event.table)?.rules.get(event.rule.handle) ?? null;
  }

  /** The chain that a packet met, be it known or not. */
  getChain({ family, table, chain }: Place): IndexedChain {
    return (
      this.#tables[family].get(table)?.chains.get(chain) ?? this.#set(makeChain({ family, table, chain }, null, getStation(table, chain)))
    );
  }

  #add(family: Family, known: KnownChain): void {
    const { table, name, station } = known;
    const chain = this.#set(makeChain({ family, table, chain: name }, known, station));
    for (const [place, rule] of known.rules.entries()) {
      const indexed = { chain, place, rule };
      chain.rules.push(indexed);
      if (rule.doubt !== null) {
        chain.doubtful.push(indexed);
        this.#hasDoubts = true;
      }
      if (rule.handle !== null) {
        this.#getTable(family, table).rules.set(rule.handle, indexed);
      }
    }
  }

  #set(chain: IndexedChain): IndexedChain {
    this.#getTable(chain.family, chain.table).chains.set(chain.name, chain);
    return chain;
  }

  #getTable(family: Family, name: string): IndexedTable {
    const tables = this.#tables[family];
    const table = tables.get(name) ?? { chains: new Map(), rules: new Map() };
    tables.set(name, table);
    return table;
  }
}

function makeChain({ family, table, chain: name }: Place, known: KnownChain | null, station: Station | null): IndexedChain {
  const chain: IndexedChain = { family, table, name, known, station, rules: [], doubtful: [], alone: [] };
  chain.alone = [chain];
  return chain;
}
