import type { PlainParser } from '../extension.js';
import { RuleError } from '../rule-error.js';
import { integer } from './integer.js';

/** Makes a parser for `a`, `a:b`, `:b` or `a:`. The canonical form has both ends, or one number if they are equal. */
export function range(what: string, least: number, most: number): PlainParser {
  const number = integer(what, least, most);
  return (text) => {
    if (/^\d+-\d+$/.test(text)) {
      throw new RuleError(`"${text}": a range is written ${text.replace('-', ':')}`);
    }
    const parts = text.split(':');
    const [first, last] = parts;
    if (parts.length === 1 || first === undefined || last === undefined) {
      return number(text);
    }
    if (parts.length > 2 || text === ':') {
      throw new RuleError(`"${text}" is not a range: write FIRST:LAST`);
    }
    const from = number(first || String(least));
    const to = number(last || String(most));
    if (Number(from) > Number(to)) {
      throw new RuleError(`"${text}" is empty: its first number is the larger one`);
    }
    return from === to ? from : `${from}:${to}`;
  };
}
