import type { TraceEvent } from '../../model/evidence.js';
import type { Family } from '../../model/rule.js';
import { getStation, type Station } from './hooks.js';
import type { KnownRule, TracedChain } from './traced-chains.js';

/** A chain for the packets of one family. Each chain has exactly one such object, so it can be the key of a map. */
export interface IndexedChain {
  family: Family;
  table: string;
  name: string;
  /** null for a chain that iptables has made and that is not part of the plan. */
  known: TracedChain | null;
  /** The position of a base chain; null for a chain that only other chains jump to. */
  station: Station | null;
  rules: IndexedRule[];
  /** The rules that may decide a retransmission differently, in their order. */
  unstable: IndexedRule[];
  /** A list of this chain only. Nearly all packets visit one chain of a rank, and share this list. */
  alone: readonly IndexedChain[];
}

/** A rule for the packets of one family. Each rule has exactly one such object. */
export interface IndexedRule {
  chain: IndexedChain;
  /** The place in the chain, from 0. */
  place: number;
  rule: KnownRule;
}

interface IndexedTable {
  chains: Map<string, IndexedChain>;
  /** By handle. */
  rules: Map<string, IndexedRule>;
}

type Place = Pick<TraceEvent, 'family' | 'table' | 'chain'>;

/** Finds the chain and the rule that an event of the kernel's trace names. */
export class RuleIndex {
  /** Nested maps: one key made of all names would cost a string for each event. */
  readonly #tables: Record<Family, Map<string, IndexedTable>> = { ipv4: new Map(), ipv6: new Map() };

  #hasInstabilities = false;

  constructor(chains: TracedChain[]) {
    for (const chain of chains) {
      for (const family of chain.families) {
        this.#add(family, chain);
      }
    }
  }

  /** Whether any rule may decide a retransmission differently. */
  get hasInstabilities(): boolean {
    return this.#hasInstabilities;
  }

  /** The rule that the packet met; null if the event names no known rule. */
  getRule(event: TraceEvent): IndexedRule | null {
    if (event.rule === null) {
      return null;
    }
    if ('place' in event.rule) {
      return this.getChain(event).rules[event.rule.place] ?? null;
    }
    return this.#tables[event.family].get(event.table)?.rules.get(event.rule.handle) ?? null;
  }

  /** The chain that the packet met. An unknown chain is added. */
  getChain({ family, table, chain }: Place): IndexedChain {
    return (
      this.#tables[family].get(table)?.chains.get(chain) ?? this.#set(makeChain({ family, table, chain }, null, getStation(table, chain)))
    );
  }

  #add(family: Family, known: TracedChain): void {
    const { table, name, station } = known;
    const chain = this.#set(makeChain({ family, table, chain: name }, known, station));
    for (const [place, rule] of known.rules.entries()) {
      const indexed = { chain, place, rule };
      chain.rules.push(indexed);
      if (rule.instability !== null) {
        chain.unstable.push(indexed);
        this.#hasInstabilities = true;
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

function makeChain({ family, table, chain: name }: Place, known: TracedChain | null, station: Station | null): IndexedChain {
  const chain: IndexedChain = { family, table, name, known, station, rules: [], unstable: [], alone: [] };
  chain.alone = [chain];
  return chain;
}
