import type { RuleOption } from '../../../model/rule.js';
import { RuleError } from '../../errors.js';
import { type MatchExtension, USUAL_MATCH } from '../../extension.js';
import { clearedPrefix } from '../../values/addresses.js';
import { choice, nameList, objectName } from '../../values/names.js';
import { integer, mark, MOST_64, range } from '../../values/numbers.js';
import { PORTS } from '../../values/ports.js';
import { namedProtocol } from '../../values/protocol.js';

const STATES = ['INVALID', 'NEW', 'RELATED', 'ESTABLISHED', 'UNTRACKED', 'SNAT', 'DNAT'];
const STATUSES = ['NONE', 'EXPECTED', 'SEEN_REPLY', 'ASSURED', 'CONFIRMED'];
/** iptables-save writes a range that ends with port 0 as its first port. */
const ports: typeof PORTS = {
  ...PORTS,
  values: PORTS.values.map((parse) => (text, ...context) => {
    const value = parse(text, ...context);
    if (value.endsWith(':0')) {
      throw new RuleError(`iptables loses the end of the range ${text}`);
    }
    return value;
  }),
};
const seconds = range('a number of seconds', 0, 4294967295);

/**
 * Whether an option can give a retransmission another result although there was no answer. The first SYN of a flow is not CONFIRMED in
 * OUTPUT, but the second is. The first packet that an expectation expects uses it up. The time to expiry changes.
 */
function changesWithoutAnswer({ flag, values }: RuleOption): boolean {
  return flag === '--ctexpire' || (flag === '--ctstatus' && /\b(?:CONFIRMED|EXPECTED)\b/.test(values[0] ?? ''));
}

/** iptables-extensions(8), conntrack. iptables-save drops NONE from a list of statuses. */
export const conntrack: MatchExtension = {
  ...USUAL_MATCH,
  stability: (options) => (options.some(changesWithoutAnswer) ? 'moment' : 'expected'),
  least: 1,
  most: 13,
  options: [
    { flag: '--ctstate', values: [nameList('a connection state', STATES)], negatable: true },
    { flag: '--ctproto', values: [namedProtocol], negatable: true },
    { flag: '--ctorigsrc', values: [clearedPrefix], negatable: true },
    { flag: '--ctorigdst', values: [clearedPrefix], negatable: true },
    { flag: '--ctreplsrc', values: [clearedPrefix], negatable: true },
    { flag: '--ctrepldst', values: [clearedPrefix], negatable: true },
    { flag: '--ctorigsrcport', ...ports, negatable: true },
    { flag: '--ctorigdstport', ...ports, negatable: true },
    { flag: '--ctreplsrcport', ...ports, negatable: true },
    { flag: '--ctrepldstport', ...ports, negatable: true },
    { flag: '--ctstatus', values: [nameList('a connection status', STATUSES, ['NONE'])], negatable: true },
    { flag: '--ctexpire', ...seconds, negatable: true },
    { flag: '--ctdir', values: [nameList('a direction', ['ORIGINAL', 'REPLY'])], negatable: false },
  ],
};

const PLAIN_STATES = ['INVALID', 'NEW', 'RELATED', 'ESTABLISHED', 'UNTRACKED'];

/** iptables-extensions(8), state. It means the same as --ctstate of conntrack, but iptables-save writes the two differently. */
export const state: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'expected',
  least: 1,
  most: 1,
  options: [{ flag: '--state', values: [nameList('a connection state', PLAIN_STATES)], negatable: true }],
};

const number = integer('a number', 0, MOST_64);

/** FROM, FROM:TO or FROM: (no upper end). The canonical form of FROM: is FROM. */
function counts(text: string): string {
  const [first = '', last = '', ...rest] = text.split(':');
  const from = number(first);
  if (rest.length > 0) {
    throw new RuleError(`"${text}" is not a range: write FROM:TO`);
  }
  if (last === '') {
    return from;
  }
  const to = number(last);
  if (BigInt(from) > BigInt(to)) {
    throw new RuleError(`"${text}" is empty: its first number is the larger one`);
  }
  if (from === '0' && to === '0') {
    throw new RuleError(`iptables loses the end of the range ${text}`);
  }
  // The kernel reads 0 and the largest number as no upper end.
  return to === '0' || BigInt(to) === MOST_64 ? from : `${from}:${to}`;
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
  // An open range from the largest number is such, too.
  assertFits(options) {
    const range = options.find(({ flag }) => flag === '--connbytes');
    const [from, to] = range?.values[0]?.split(':') ?? [];
    if (range?.negated && (from === to || from === String(MOST_64))) {
      throw new RuleError(`iptables loses the ! of --connbytes ${range.values[0]}, whose ends are the same`);
    }
  },
};

/** iptables-extensions(8), connmark. */
export const connmark: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'moment',
  least: 1,
  most: 1,
  options: [{ flag: '--mark', values: [mark], negatable: true }],
};

/** iptables-extensions(8), helper. */
export const helper: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'expected',
  least: 1,
  most: 1,
  options: [{ flag: '--helper', values: [objectName('a helper', 28)], negatable: true }],
};
