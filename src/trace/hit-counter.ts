import type { TraceEvent, TraceHits } from '../model/evidence.js';
import type { Chain } from '../model/plan.js';
import type { RuleIndex } from './rule-index.js';

/** How often each rule and policy has been met so far, as the trace tells it: to be held against the kernel's counters. */
export class HitCounter {
  readonly #rules: RuleIndex;
  readonly #hits = new Map<string, TraceHits>();

  constructor(rules: RuleIndex) {
    this.#rules = rules;
  }

  add(events: TraceEvent[]): void {
    for (const event of events) {
      const met = this.#find(event);
      if (met !== null) {
        const { family, table, name } = met.chain;
        const key = `${family} ${table} ${name} ${met.place}`;
        const hits = this.#hits.get(key) ?? { family, table, chain: name, place: met.place, packets: 0, packetsBefore: 0 };
        hits.packets++;
        this.#hits.set(key, hits);
      }
    }
  }

  /** Notes how far the counts are before the kernel's counters are read. */
  mark(): void {
    for (const hits of this.#hits.values()) {
      hits.packetsBefore = hits.packets;
    }
  }

  getHits(): TraceHits[] {
    return [...this.#hits.values()];
  }

  #find(event: TraceEvent): { chain: Chain; place: number | null } | null {
    const indexed = this.#rules.getLine(event);
    if (indexed !== null) {
      return indexed;
    }
    const chain = event.type === 'policy' ? this.#rules.getChain(event, event.chain) : null;
    return chain === null ? null : { chain, place: null };
  }
}
