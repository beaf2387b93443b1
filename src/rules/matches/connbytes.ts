import { USUAL_MATCH, type MatchExtension } from '../extension.js';
import { choice } from '../values/choice.js';
import { integer } from '../values/integer.js';
import { RuleError } from '../rule-error.js';

const number = integer('a number', 0, Number.MAX_SAFE_INTEGER);

/** FROM, FROM:TO or FROM: (no upper end). The canonical form of FROM: is FROM. */
function counts(text: string): string {
  const [first = '', last = ''] = text.split(':', 2);
  const from = number(first);
  if (last === '') {
    return from;
  }
  const to = number(text.slice(first.length + 1));
  if (Number(from) > Number(to)) {
    throw new RuleError(`"${text}" is empty: its first number is the larger one`);
  }
  // The kernel reads 0 as no upper end.
  return to === '0' ? from : `${from}:${to}`;
}

/** iptables-extensions(8), connbytes. */
export const connbytes: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'moment',
  least: 3,
  most: 3,
  options: [
    { flag: '--connbytes', values: [counts], negatable: true },
    { flag: '--connbytes-mode', values: [choice('a mode', ['packets', 'bytes', 'avgpkt'])], negatable: false },
    { flag: '--connbytes-dir', values: [choice('a direction', ['original', 'reply', 'both'])], negatable: false },
  ],
  // iptables stores a negation by swapping the ends. Two equal ends do not show this, so iptables would match the opposite.
  assertFits(options) {
    const range = options.find(({ flag }) => flag === '--connbytes');
    const [from, to] = range?.values[0]?.split(':') ?? [];
    if (range?.negated && from === to) {
      throw new RuleError(`iptables loses the ! of --connbytes ${range.values[0]}, whose ends are the same`);
    }
  },
};
