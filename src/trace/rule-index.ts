import type { TraceEvent } from '../model/evidence.js';
import { getStation, getStationAt, type Station } from './hooks.js';
import type { KnownChain, KnownRule } from './known-chain.js';

export interface IndexedRule {
  chain: KnownChain;
  /** Place in the chain, from 0. */
  place: number;
  rule: KnownRule;
}

/** Finds the chain and the rule behind what the kernel's trace names. */
export class RuleIndex {
  /** By family and table, then by handle. */
  readonly #rules = new Map<string, Map<string, IndexedRule>>();
  readonly #chains = new Map<string, KnownChain>();

  constructor(chains: KnownChain[]) {
    for (const chain of chains) {
      for (const family of chain.families) {
        this.#chains.set(`${getKey({ family, table: chain.table })} ${chain.name}`, chain);
        this.#addRules(getKey({ family, table: chain.table }), chain);
      }
    }
  }

  #addRules(key: string, chain: KnownChain): void {
    const own = this.#rules.get(key) ?? new Map<string, IndexedRule>();
    this.#rules.set(key, own);
    for (const [place, rule] of chain.rules.entries()) {
      own.set(rule.handle ?? '', { chain, place, rule });
    }
  }

  getRule(event: TraceEvent): IndexedRule | null {
    if (event.rule === null) {
      return null;
    }
    if ('handle' in event.rule) {
      return this.#rules.get(getKey(event))?.get(event.rule.handle) ?? null;
    }
    const { place } = event.rule;
    const chain = this.getChain(event, event.chain);
    const rule = chain?.rules[place];
    return chain === null || rule === undefined ? null : { chain, place, rule };
  }

  getChain(event: Pick<TraceEvent, 'family' | 'table'>, name: string): KnownChain | null {
    return this.#chains.get(`${getKey(event)} ${name}`) ?? null;
  }

  /** Where a packet is that comes to a chain. iptables has made chains of which the plan need not know. */
  getStation(event: TraceEvent): Station | null {
    if (event.hook !== null) {
      return getStationAt(event.hook, event.table);
    }
    const chain = this.getChain(event, event.chain);
    return chain === null ? getStation(event.table, event.chain) : chain.station;
  }
}

function getKey({ family, table }: Pick<TraceEvent, 'family' | 'table'>): string {
  return `${family} ${table}`;
}
