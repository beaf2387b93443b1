import type { Entry, Family } from '../model/rule.js';
import type { Argument } from './argument.js';
import { fromPattern, toPattern, type RulePattern } from './rule-pattern.js';
import { getRuleShape } from './rule-shape.js';

/** The most patterns that are kept. Rules of any further pattern are always read word by word. */
const MOST = 1000;

/**
 * Reads rules, and keeps their patterns. If a rule differs from an earlier rule only in addresses and ports, reading takes a tenth of the
 * time. Its values are still checked. If a value is wrong, the whole rule is read again, which gives the error message.
 */
export class KnownPatterns {
  readonly #patterns = new Map<string, RulePattern>();

  /**
   * @param kind all other conditions that decide what the arguments mean
   * @param readAnew reads the whole rule
   */
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
