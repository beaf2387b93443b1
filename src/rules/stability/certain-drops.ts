import type { Decision } from '../../model/plan.js';

/** Where a rule sends the packets that it matches. other: it accepts, rejects or rewrites them, or this is not known. */
type Direction = { verdict: 'continue' | 'drop' | 'return' | 'other' } | { verdict: 'jump' | 'goto'; to: string };

export type RuleWay = Direction & {
  /** Whether it matches every packet. */
  matchesAll: boolean;
  /** Whether the rule can decide otherwise about a packet that it met only by not matching. false: it draws, or a match may drop packets. */
  isSimple: boolean;
};

/** A chain, as far as it tells which rule a packet meets next. */
export interface WayChain {
  /** A name that no other chain has. */
  key: string;
  /** null for a chain that only other chains jump to. */
  policy: 'accept' | 'drop' | null;
  ways: RuleWay[];
}

/** Where a chain returns to. */
interface Caller {
  chain: WayChain;
  place: number;
}

/**
 * Finds the decisions of a rule after which a packet is dropped on every way, so that the client gets no answer. Only the order of the rules
 * is used: each later rule may match or not, unless it matches every packet. A chain may return to every rule that jumps to it.
 */
export class CertainDrops {
  readonly #chains: Map<string, WayChain>;
  readonly #callers = new Map<string, Caller[]>();
  readonly #areCallersKnown: boolean;
  /** For each place of a chain, and for its end: whether a packet that comes there may leave the hook without a drop. */
  #mayPass: Map<WayChain, boolean[]> | null = null;

  /** @param areCallersKnown false if something else than a rule may lead to a chain, such as a map of verdicts */
  constructor(chains: WayChain[], areCallersKnown = true) {
    this.#chains = new Map(chains.map((chain) => [chain.key, chain]));
    this.#areCallersKnown = areCallersKnown;
  }

  find(key: string, place: number): Decision[] {
    const chain = this.#chains.get(key);
    const way = chain?.ways[place];
    if (chain === undefined || way === undefined) {
      return [];
    }
    const mayPass = (this.#mayPass ??= this.#findPassing());
    const decisions: Decision[] = this.#mayPassBy(way, chain, place, mayPass) ? [] : ['match'];
    if ((way.isSimple || decisions.length > 0) && !mayPassFrom(chain, place + 1, mayPass)) {
      decisions.push('miss');
    }
    return decisions;
  }

  /** Repeats the search until it finds nothing new: a chain depends on its callers, and on the chains to which it jumps. */
  #findPassing(): Map<WayChain, boolean[]> {
    this.#noteCallers();
    const mayPass = new Map<WayChain, boolean[]>();
    for (const chain of this.#chains.values()) {
      mayPass.set(chain, Array<boolean>(chain.ways.length + 1).fill(false));
    }
    for (let isNew = true; isNew;) {
      isNew = false;
      for (const [chain, places] of mayPass) {
        for (let place = chain.ways.length; place >= 0; place--) {
          if (!places[place] && this.#mayPassAt(chain, place, mayPass)) {
            places[place] = true;
            isNew = true;
          }
        }
      }
    }
    return mayPass;
  }

  #noteCallers(): void {
    for (const chain of this.#chains.values()) {
      for (const [place, way] of chain.ways.entries()) {
        if ('to' in way) {
          const callers = this.#callers.get(way.to) ?? [];
          callers.push({ chain, place: way.verdict === 'goto' ? chain.ways.length : place + 1 });
          this.#callers.set(way.to, callers);
        }
      }
    }
  }

  #mayPassAt(chain: WayChain, place: number, mayPass: Map<WayChain, boolean[]>): boolean {
    const way = chain.ways[place];
    if (way === undefined) {
      return chain.policy === null
        ? !this.#areCallersKnown || (this.#callers.get(chain.key) ?? []).some((caller) => mayPassFrom(caller.chain, caller.place, mayPass))
        : chain.policy === 'accept';
    }
    return this.#mayPassBy(way, chain, place, mayPass) || (!way.matchesAll && mayPassFrom(chain, place + 1, mayPass));
  }

  /** Whether a packet that the rule matches may pass. */
  #mayPassBy(way: RuleWay, chain: WayChain, place: number, mayPass: Map<WayChain, boolean[]>): boolean {
    switch (way.verdict) {
      case 'drop':
        return false;
      case 'other':
        return true;
      case 'continue':
        return mayPassFrom(chain, place + 1, mayPass);
      case 'return':
        return mayPassFrom(chain, chain.ways.length, mayPass);
      case 'jump':
      case 'goto': {
        const to = this.#chains.get(way.to);
        return to === undefined || mayPassFrom(to, 0, mayPass);
      }
    }
  }
}

function mayPassFrom(chain: WayChain, place: number, mayPass: Map<WayChain, boolean[]>): boolean {
  return mayPass.get(chain)?.[place] ?? true;
}
