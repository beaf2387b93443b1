import type { ReadChain, ReadRule } from '../../predict/chains/chain.js';
import type { Place } from '../../predict/rule/condition.js';
import type { ReadCondition } from '../../predict/chains/conditions.js';
import type { Miss, Part } from '../../predict/rule/part.js';
import type { Packet } from '../../predict/world/packet.js';
import { type Chains, isBase, listLeading, type PlacedRule } from './chains.js';

/** How far a rule fits to a packet. */
export interface Fit {
  /** The conditions that the packet does not meet. */
  misses: Miss[];
  /** How many it meets, besides the protocol. */
  met: number;
  /** The rule that the misses are of: the rule itself, or one that leads to it. null: they are of several rules, or there are none. */
  of: ReadRule | null;
}

/** A packet at a place where rules can be asked about it. */
export interface Moment {
  packet: Packet;
  place: Place;
}

const NOTHING_ASKED: Fit = { misses: [], met: 0, of: null };
/** With more misses a rule is not near. */
export const MOST_MISSES = 2;
/** Chains that lead to chains are followed so far. */
const MOST_DEPTH = 4;

/** An option of a condition, as it is written. */
interface WrittenPart {
  part: Part;
  text: string;
}

/** The options of conditions, written once for all packets: to write those of 5,000 rules takes 0.1 s. */
const WRITTEN = new WeakMap<ReadCondition, WrittenPart[]>();

function write(condition: ReadCondition): WrittenPart[] {
  const known = WRITTEN.get(condition);
  if (known !== undefined) {
    return known;
  }
  const parts = condition.listParts().map((part) => ({ part, text: part.print() }));
  WRITTEN.set(condition, parts);
  return parts;
}

/** Asks each condition of a rule about a packet. null: of one of them the answer is not known. */
export function getFit(rule: ReadRule, { packet, place }: Moment): Fit | null {
  const fit: Fit = { misses: [], met: 0, of: null };
  for (const condition of rule.conditions) {
    const { ask, match, remembers, print } = condition;
    // To ask what remembers would change what it remembers.
    const answer = remembers ? null : ask(packet, place);
    if (typeof answer !== 'boolean') {
      return null;
    }
    const parts = write(condition);
    const missed = parts.filter(({ part }) => part.ask(packet, place) === false);
    fit.met += parts.filter((each) => !missed.includes(each) && !isProtocol(each.text)).length;
    if (!answer) {
      const misses = missed.map(({ part, text }): Miss => ({ match, wants: text, has: part.show(packet, place) }));
      fit.of = rule;
      fit.misses.push(...(misses.length === 0 ? [{ match, wants: print(), has: null }] : misses));
    }
  }
  return withoutDependents(fit);
}

/** A packet of another protocol has nothing of what only this one has. Then it is not said that all else fits. */
function withoutDependents({ misses, met, of }: Fit): Fit {
  const isOther = misses.some(({ wants }) => isProtocol(wants));
  const own = isOther ? misses.filter(({ wants, has }) => isProtocol(wants) || has !== '') : misses;
  return { misses: own, met: own.length === misses.length ? met : 0, of };
}

function isProtocol(option: string): boolean {
  return /^(! )?-p /.test(option);
}

/** The same for rules and what leads to them: of several ways, the one with the fewest misses. */
export class Fits {
  readonly #chains: Chains;
  readonly #moment: Moment;
  readonly #isMatched: (rule: ReadRule) => boolean;
  readonly #ways = new Map<ReadChain, Fit | null>();

  /** @param isMatched whether the trace says that the packet has matched a rule */
  constructor(chains: Chains, moment: Moment, isMatched: (rule: ReadRule) => boolean) {
    this.#chains = chains;
    this.#moment = moment;
    this.#isMatched = isMatched;
  }

  get({ rule, chain }: PlacedRule, depth = 0): Fit | null {
    const own = this.#isMatched(rule) ? NOTHING_ASKED : getFit(rule, this.#moment);
    const way = own === null || own.misses.length > MOST_MISSES ? null : this.#getWay(chain, depth);
    if (own === null || way === null) {
      return null;
    }
    const of = way.of === null ? own.of : own.of === null ? way.of : null;
    return { misses: [...way.misses, ...own.misses], met: way.met + own.met, of };
  }

  #getWay(chain: ReadChain, depth: number): Fit | null {
    if (isBase(chain)) {
      return NOTHING_ASKED;
    }
    if (depth === MOST_DEPTH) {
      return null;
    }
    const known = this.#ways.get(chain);
    if (known !== undefined) {
      return known;
    }
    const ways = listLeading(chain, this.#chains).flatMap((leading) => this.get(leading, depth + 1) ?? []);
    const [best = null] = ways.sort((a, b) => a.misses.length - b.misses.length);
    this.#ways.set(chain, best);
    return best;
  }
}
