import type { RuleHandle, TraceEvent } from '../model/evidence.js';
import type { Chain, ChainLine, Firewall } from '../model/plan.js';

export interface IndexedLine {
  chain: Chain;
  /** Place in the chain, from 0. */
  place: number;
  line: ChainLine;
}

/** Finds the scenario's entry behind what the kernel's trace names. */
export class RuleIndex {
  readonly #lines = new Map<string, IndexedLine>();
  readonly #chains = new Map<string, Chain>();

  constructor(firewall: Firewall, handles: RuleHandle[]) {
    for (const chain of firewall.chains) {
      this.#chains.set(getKey(chain.table, chain.name), chain);
    }
    // The dump lists each chain's rules in their order, and the plan holds the chain's lines in theirs.
    const places = new Map<string, number>();
    for (const { table, chain: name, handle } of handles) {
      const key = getKey(table, name);
      const place = places.get(key) ?? 0;
      places.set(key, place + 1);
      const chain = this.#chains.get(key);
      const line = chain?.lines[place];
      if (chain !== undefined && line !== undefined) {
        this.#lines.set(getKey(table, handle), { chain, place, line });
      }
    }
  }

  getLine(event: TraceEvent): IndexedLine | null {
    return event.handle === null ? null : (this.#lines.get(getKey(event.table, event.handle)) ?? null);
  }

  getChain(event: TraceEvent): Chain | null {
    return this.#chains.get(getKey(event.table, event.chain)) ?? null;
  }
}

function getKey(table: string, name: string): string {
  return `${table} ${name}`;
}
