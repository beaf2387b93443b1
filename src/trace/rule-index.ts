import type { RuleHandle, TraceEvent } from '../model/evidence.js';
import type { Chain, ChainLine, Firewall } from '../model/plan.js';
import type { Family } from '../model/rule.js';

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

  /** @param handles the kernel's names for the rules, where it has such */
  constructor(firewalls: Firewall[], handles: RuleHandle[]) {
    for (const chain of firewalls.flatMap((firewall) => firewall.chains)) {
      this.#chains.set(getKey(chain.family, chain.table, chain.name), chain);
    }
    // The dump lists each chain's rules in their order, and the plan holds the chain's lines in theirs.
    const places = new Map<string, number>();
    for (const { family, table, chain: name, handle } of handles) {
      const key = getKey(family, table, name);
      const place = places.get(key) ?? 0;
      places.set(key, place + 1);
      const indexed = toIndexed(this.#chains.get(key), place);
      if (indexed !== null) {
        this.#lines.set(getKey(family, table, handle), indexed);
      }
    }
  }

  getLine({ family, table, chain, rule }: TraceEvent): IndexedLine | null {
    if (rule === null) {
      return null;
    }
    return 'handle' in rule
      ? (this.#lines.get(getKey(family, table, rule.handle)) ?? null)
      : toIndexed(this.#chains.get(getKey(family, table, chain)), rule.place);
  }

  getChain({ family, table }: Pick<TraceEvent, 'family' | 'table'>, name: string): Chain | null {
    return this.#chains.get(getKey(family, table, name)) ?? null;
  }
}

function toIndexed(chain: Chain | undefined, place: number): IndexedLine | null {
  const line = chain?.lines[place];
  return chain === undefined || line === undefined ? null : { chain, place, line };
}

function getKey(family: Family, table: string, name: string): string {
  return `${family} ${table} ${name}`;
}
