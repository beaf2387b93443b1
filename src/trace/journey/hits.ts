import type { TraceEvent, TraceHits } from '../../model/evidence.js';
import type { IndexedChain, IndexedRule, RuleIndex } from '../rules/rule-index.js';

/** Counts how often the trace has shown each rule and policy. The counts are compared with the kernel's counters. */
export class HitCounter {
  readonly #rules: RuleIndex;
  readonly #hits = new Map<IndexedRule | IndexedChain, TraceHits>();

  constructor(rules: RuleIndex) {
    this.#rules = rules;
  }

  add(events: TraceEvent[]): void {
    for (const event of events) {
      const rule = this.#rules.getRule(event);
      const chain = rule?.chain ?? (event.type === 'policy' ? this.#rules.getChain(event) : null);
      if (chain !== null && chain.known !== null && chain.known.fault === undefined) {
        this.#count(rule ?? chain, chain, rule?.place ?? null);
      }
    }
  }

  /** Notes the current counts, before the kernel's counters are read. */
  mark(): void {
    for (const hits of this.#hits.values()) {
      hits.packetsBefore = hits.packets;
    }
  }

  getHits(): TraceHits[] {
    return [...this.#hits.values()];
  }

  #count(met: IndexedRule | IndexedChain, { family, space, table, name }: IndexedChain, place: number | null): void {
    const hits = this.#hits.get(met);
    if (hits === undefined) {
      this.#hits.set(met, { family, space, table, chain: name, place, packets: 1, packetsBefore: 0 });
    } else {
      hits.packets++;
    }
  }
}
