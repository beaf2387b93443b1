import type { PlainParser } from '../extension.js';
import { RuleError } from '../rule-error.js';
import { didYouMean } from '../suggest-word.js';

/**
 * Makes a parser for names separated by commas, in any case and any order. The canonical form has each name once, in the order of `names`,
 * which is that of iptables-save. iptables accepts abbreviations (NE for NEW); loopfw refuses them. A name in `alone` must be the only one.
 */
export function nameList(what: string, names: readonly string[], alone: readonly string[] = []): PlainParser {
  return (text) => {
    const given = text.split(',').map((name) => {
      const upper = name.toUpperCase();
      if (names.includes(upper)) {
        return upper;
      }
      throw new RuleError(`"${name}" is not ${what}${didYouMean(name, names)}: ${names.join(', ')}`);
    });
    const lonely = alone.find((name) => given.includes(name));
    if (lonely !== undefined && given.some((name) => name !== lonely)) {
      throw new RuleError(`${lonely} adds nothing to a list: leave it out, or give it alone`);
    }
    return names.filter((name) => given.includes(name)).join(',');
  };
}
