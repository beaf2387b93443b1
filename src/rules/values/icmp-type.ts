import type { PlainParser } from '../extension.js';
import { RuleError } from '../rule-error.js';
import { didYouMean } from '../suggest-word.js';
import { integer } from './integer.js';

const type = integer('an ICMP type', 0, 255);
const code = integer('an ICMP code', 0, 255);

/** Makes a parser for an ICMP type: a name, TYPE or TYPE/CODE. The canonical form has numbers. */
export function icmpType(names: Record<string, string>): PlainParser {
  const known = new Map(Object.entries(names).map(([name, value]) => [name.toLowerCase(), value]));
  return (text) => {
    const named = known.get(text.toLowerCase());
    if (named !== undefined) {
      return named;
    }
    if (!/^\d/.test(text)) {
      throw new RuleError(`"${text}" is not an ICMP type${didYouMean(text, Object.keys(names))}: a name, TYPE or TYPE/CODE`);
    }
    const [first = '', second] = text.split('/', 2);
    return second === undefined ? type(first) : `${type(first)}/${code(text.slice(first.length + 1))}`;
  };
}
