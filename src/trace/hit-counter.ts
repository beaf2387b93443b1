import type { TraceEvent, TraceHits } from '../model/evidence.js';
import type { RuleIndex } from './rule-index.js';

/** How often each rule has matched so far, as the trace tells it: to be held against the kernel's counters. */
export class HitCounter {
  readonly #rules: RuleIndex;
  readonly #hits = new Map<string, TraceHits>();

  constructor(rules: RuleIndex) {
    this.#rules = rules;
  }

  add(events: TraceEvent[]): void {
    for (const event of events) {
      const indexed = event.type === 'rule' ? this.#rules.getLine(event) : null;
      if (indexed !== null && indexed.line.entry !== null) {
        const { chain, place } = indexed;
        const key = `${chain.table} ${chain.name} ${place}`;
        const hits = this.#hits.get(key) ?? { table: chain.table, chain: chain.name, place, packets: 0 };
        hits.packets++;
        this.#hits.set(key, hits);
      }
    }
  }

  getHits(): TraceHits[] {
    return [...this.#hits.values()];
  }
}
