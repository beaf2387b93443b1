import type { PlainParser } from '../extension.js';
import { RuleError } from '../rule-error.js';
import { didYouMean } from '../suggest-word.js';

/** Makes a parser for one of several words, in upper or lower case. */
export function choice(what: string, words: readonly string[]): PlainParser {
  return (text) => {
    const found = words.find((word) => word.toLowerCase() === text.toLowerCase());
    if (found === undefined) {
      throw new RuleError(`"${text}" is not ${what}${didYouMean(text, words)}: ${words.join(', ')}`);
    }
    return found;
  };
}
