import type { Entry, Family } from '../model/rule.js';
import type { Argument } from './argument.js';
import { fromPattern, toPattern, type RulePattern } from './rule-pattern.js';
import { getRuleShape } from './rule-shape.js';

/** Whoever has more kinds of rules than this reads the rest of them word by word. */
const MOST = 1000;

/**
 * Reads rules, and those that differ from one that was read before in addresses and ports alone in a tenth of the time: the values are still
 * read, and what is not in order is read again from the start, to say why.
 */
export class KnownPatterns {
  readonly #patterns = new Map<string, RulePattern>();

  /** @param kind whatever else decides what the arguments mean */
  read(args: Argument[], kind: string, family: Family, readAnew: () => Entry): Entry {
    const shape = getRuleShape(args);
    if (shape === null) {
      return readAnew();
    }
    const key = `${family} ${kind}\n${shape.key}`;
    const pattern = this.#patterns.get(key);
    const known = pattern === undefined ? null : fromPattern(pattern, shape.varying);
    if (known !== null) {
      return known;
    }
    const entry = readAnew();
    const found = pattern === undefined && this.#patterns.size < MOST ? toPattern(entry, shape.varying) : null;
    if (found !== null) {
      this.#patterns.set(key, found);
    }
    return entry;
  }
}
