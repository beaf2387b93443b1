import type { RuleOption } from '../../../model/rule.js';
import { RuleError } from '../../errors.js';
import { type MatchExtension, type OptionRow, USUAL_MATCH, type ValueParser } from '../../extension.js';
import { clearedPrefix } from '../../values/addresses.js';
import { choice, nameList, objectName } from '../../values/names.js';
import { hex, integer, mark, MOST_64, range } from '../../values/numbers.js';
import { PORTS } from '../../values/ports.js';
import { namedProtocol } from '../../values/protocol.js';

const STATES = ['INVALID', 'NEW', 'RELATED', 'ESTABLISHED', 'UNTRACKED', 'SNAT', 'DNAT'];
const STATUSES = ['NONE', 'EXPECTED', 'SEEN_REPLY', 'ASSURED', 'CONFIRMED'];
const seconds = range('a number of seconds', 0, 4294967295);

/** Ports as for udp. iptables-save shows 80:0 as 80, so that loopfw could not check what the kernel holds. */
const PORTS_TO_SHOW: Pick<OptionRow, 'values' | 'whole'> = {
  ...PORTS,
  values: PORTS.values.map((parse): ValueParser => (text, ...context) => {
    const value = parse(text, ...context);
    if (/^\d+:0$/.test(value)) {
      throw new RuleError(`"${text}" never matches, and iptables-save shows it as ${value.slice(0, -2)}`);
    }
    return value;
  }),
};

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
    { flag: '--ctorigsrcport', ...PORTS_TO_SHOW, negatable: true },
    { flag: '--ctorigdstport', ...PORTS_TO_SHOW, negatable: true },
    { flag: '--ctreplsrcport', ...PORTS_TO_SHOW, negatable: true },
    { flag: '--ctrepldstport', ...PORTS_TO_SHOW, negatable: true },
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
    const [from, to = String(MOST_64)] = range?.values[0]?.split(':') ?? [];
    if (range?.negated && from === to) {
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

/** iptables-extensions(8), connlabel, by number. The first packet of a flow may have set the label. */
export const connlabel: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'moment',
  least: 1,
  most: 2,
  options: [
    { flag: '--label', values: [integer('a label by number, for names come from a file of the machine', 0, 127)], negatable: true },
    { flag: '--set', values: [], negatable: false },
  ],
  assertFits(options) {
    if (!options.some(({ flag }) => flag === '--label')) {
      throw new RuleError('connlabel needs --label');
    }
  },
};

const MOST_NODES = 32;

/**
 * The nodes of a mask. iptables accepts a mask only up to 32, but iptables-save writes every node as a mask. So one node is written as
 * --cluster-local-node.
 */
function simplifyNodes(option: RuleOption): RuleOption {
  const mask = Number(option.values[0]);
  const node = Math.log2(mask) + 1;
  if (Number.isInteger(node)) {
    return { ...option, flag: '--cluster-local-node', values: [String(node)] };
  }
  if (mask < 1 || mask > MOST_NODES) {
    throw new RuleError(
      `--cluster-local-nodemask ${option.values[0]} is not a mask from 1 to ${MOST_NODES}, which is all that iptables accepts`,
    );
  }
  return option;
}

/** iptables-extensions(8), cluster. The node depends on the source of the flow's first packet, or of the flow that expected it. */
export const cluster: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'expected',
  least: 0,
  most: 3,
  alternatives: [['--cluster-local-node', '--cluster-local-nodemask']],
  options: [
    { flag: '--cluster-local-node', values: [integer('a node', 1, MOST_NODES)], negatable: true },
    { flag: '--cluster-local-nodemask', values: [hex('a mask', 0xffffffff, 8)], negatable: true, simplify: simplifyNodes },
    { flag: '--cluster-total-nodes', values: [integer('a number of nodes', 1, MOST_NODES)], negatable: false },
    { flag: '--cluster-hash-seed', values: [hex('a seed', 0xffffffff, 8)], negatable: false },
  ],
  assertFits(options) {
    const get = (flag: string) => Number(options.find((option) => option.flag === flag)?.values[0]);
    const total = get('--cluster-total-nodes');
    const node = get('--cluster-local-node');
    const nodes = get('--cluster-local-nodemask');
    if ([total, get('--cluster-hash-seed')].some(Number.isNaN) || (Number.isNaN(node) && Number.isNaN(nodes))) {
      throw new RuleError('cluster needs --cluster-total-nodes, --cluster-hash-seed and --cluster-local-node or --cluster-local-nodemask');
    }
    if (node > total || nodes >= 2 ** total) {
      throw new RuleError(`cluster has ${total} nodes, and the local one is none of them`);
    }
  },
};

/** iptables-extensions(8), helper. */
export const helper: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'expected',
  least: 1,
  most: 1,
  options: [{ flag: '--helper', values: [objectName('a helper', 28)], negatable: true }],
};
