import type { RuleOption } from '../../../model/rule.js';
import { ADDRESS_BITS } from '../../../words/addresses.js';
import { RuleError } from '../../errors.js';
import { type MatchExtension, USUAL_MATCH, type ValueParser } from '../../extension.js';
import { integer, MOST_64 } from '../../values/numbers.js';
import { unlessDefault, withDefaults } from '../../values/options.js';
import { getBurstSeconds, getRefusingSeconds, LONGEST_BURST_SECONDS, rate } from '../../values/rates/packets.js';

const length: ValueParser = (text, family) => integer('a prefix length', 0, ADDRESS_BITS[family])(text);

const count = integer('a number of connections', 0, 0xffffffff);
const OPPOSITES: Record<string, string> = { '--connlimit-upto': '--connlimit-above', '--connlimit-above': '--connlimit-upto' };

/** Writes a negated option as its opposite: `! --connlimit-above` is `--connlimit-upto`. */
function simplifyCount(option: RuleOption): RuleOption {
  return option.negated ? { ...option, negated: false, flag: OPPOSITES[option.flag] ?? option.flag } : option;
}

/** iptables-extensions(8), connlimit. */
export const connlimit: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'memory',
  // The match drops a late packet of a connection that is closing. The kernel no longer counts this connection, and takes a count of 0 for
  // a lack of memory.
  mayEndPacketItself: true,
  least: 1,
  most: 3,
  alternatives: [
    ['--connlimit-upto', '--connlimit-above'],
    ['--connlimit-saddr', '--connlimit-daddr'],
  ],
  options: [
    { flag: '--connlimit-upto', values: [count], negatable: true, simplify: simplifyCount },
    { flag: '--connlimit-above', values: [count], negatable: true, simplify: simplifyCount },
    { flag: '--connlimit-mask', values: [length], negatable: false },
    { flag: '--connlimit-saddr', values: [], negatable: false },
    { flag: '--connlimit-daddr', values: [], negatable: false },
  ],
  complete(options, family) {
    const masked = withDefaults({ '--connlimit-mask': String(ADDRESS_BITS[family]) })(options);
    const hasSide = options.some(({ flag }) => flag.endsWith('addr'));
    return hasSide ? masked : [...masked, { flag: '--connlimit-saddr', negated: false, values: [] }];
  },
  assertFits(options) {
    if (!options.some(({ flag }) => Object.hasOwn(OPPOSITES, flag))) {
      throw new RuleError('connlimit needs --connlimit-upto or --connlimit-above');
    }
  },
};

/** iptables-extensions(8), limit. */
export const limit: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'memory',
  least: 0,
  most: 2,
  options: [
    { flag: '--limit', values: [rate(10_000n)], negatable: false },
    { flag: '--limit-burst', values: [integer('a number of packets', 1, 10_000)], negatable: false, simplify: unlessDefault('5') },
  ],
  // Only the legacy back end overflows: nf_tables keeps the time in 64 bits.
  getUnsupported: (options, _rule, backend) =>
    backend === 'legacy' && getBurstSeconds(options, '--limit') > LONGEST_BURST_SECONDS
      ? 'the legacy back end cannot hold a limit whose burst takes more than a day'
      : null,
  complete: withDefaults({ '--limit': '3/hour' }),
  getLasting: (options) => ({ match: 0, miss: getRefusingSeconds(options.find(({ flag }) => flag === '--limit')?.values[0] ?? '') }),
};

/** iptables-extensions(8), quota. iptables-save prints the quota that was given, not the rest of it. */
export const quota: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'memory',
  least: 1,
  most: 1,
  options: [{ flag: '--quota', values: [integer('a number of bytes', 0, MOST_64)], negatable: true }],
};
