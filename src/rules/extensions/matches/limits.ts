import type { Family, RuleOption } from '../../../model/rule.js';
import { ADDRESS_BITS } from '../../../words/addresses.js';
import { RuleError } from '../../errors.js';
import { type MatchExtension, USUAL_MATCH, type ValueParser } from '../../extension.js';
import { exactNameList, objectName } from '../../values/names.js';
import { integer, MOST_64 } from '../../values/numbers.js';
import { unlessDefault, withDefaults } from '../../values/options.js';
import { getBurstSeconds, getPeriodSeconds, getUnitSeconds, LONGEST_BURST_SECONDS, rate } from '../../values/rate.js';

const packets = rate(1_000_000n);
/** A rate, with @SECONDS of the unit behind it if the canonical form has another unit. `moveUnit` removes it. */
const packetsWithUnit: ValueParser = (text) => {
  const canonical = packets(text);
  const seconds = getUnitSeconds(text);
  return seconds === getUnitSeconds(canonical) ? canonical : `${canonical}@${seconds}`;
};
const EXPIRE = '--hashlimit-htable-expire';

/**
 * Adds how long an element of the table lasts, if it is not the unit of the canonical rate: by default it is the unit that was written. 60/minute
 * is 1/sec with an expiry of a minute.
 */
function moveUnit(options: RuleOption[]): RuleOption[] {
  const limited = options.find(({ flag }) => flag === '--hashlimit-upto' || flag === '--hashlimit-above');
  const [rate = '', unit = String(getUnitSeconds(rate))] = limited?.values[0]?.split('@') ?? [];
  const given = options.find(({ flag }) => flag === EXPIRE)?.values[0] ?? String(Number(unit) * 1000);
  const rest = options.flatMap((option) => (option.flag === EXPIRE ? [] : [option === limited ? { ...option, values: [rate] } : option]));
  return given === String(getUnitSeconds(rate) * 1000) ? rest : [...rest, { flag: EXPIRE, negated: false, values: [given] }];
}

const number = integer('a number', 1, 0xffffffff);
const length: ValueParser = (text, family) => integer('a prefix length', 0, ADDRESS_BITS[family])(text);
const unlessWhole = (option: RuleOption, family: Family) => unlessDefault(String(ADDRESS_BITS[family]))(option);
const modes = exactNameList('a mode', ['srcip', 'srcport', 'dstip', 'dstport']);

/**
 * How long a limit goes on refusing packets. It began with a whole number of packets, and each packet takes one. So what remains when it
 * refuses is only what has been added since it began, and the next packet is there after one period (xt_limit.c, xt_hashlimit.c,
 * nft_limit.c). The kernel rounds a period down by at most a second in thirteen.
 */
function getRefusingSeconds(rate: string): number {
  return getPeriodSeconds(rate) * 0.9;
}

/** iptables-extensions(8), hashlimit, by packets. Each network namespace has its own tables. */
export const hashlimit: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'memory',
  nftBytes: 400,
  memoryName: (options) => `hashlimit ${options.find(({ flag }) => flag === '--hashlimit-name')?.values[0] ?? ''}`,
  // An element that expires begins anew. By default it expires after the unit of the rate, which is no shorter than the period. The first rule
  // that names a table sets its rate.
  getLasting(options, { all }) {
    const isOneRate = all.every((other) => JSON.stringify(other) === JSON.stringify(options));
    const [limited] = options.filter(({ flag }) => flag === '--hashlimit-upto' || flag === '--hashlimit-above');
    if (!isOneRate || limited === undefined || options.some(({ flag }) => flag === '--hashlimit-htable-expire')) {
      return { match: 0, miss: 0 };
    }
    const seconds = getRefusingSeconds(limited.values[0] ?? '');
    return limited.flag === '--hashlimit-upto' ? { match: 0, miss: seconds } : { match: seconds, miss: 0 };
  },
  // The match drops the first packet of a new element if the table is full (--hashlimit-htable-max).
  mayEndPacketItself: true,
  least: 2,
  most: 10,
  alternatives: [['--hashlimit-upto', '--hashlimit-above']],
  options: [
    { flag: '--hashlimit-upto', aliases: ['--hashlimit'], values: [packetsWithUnit], negatable: false },
    { flag: '--hashlimit-above', values: [packetsWithUnit], negatable: false },
    { flag: '--hashlimit-burst', values: [integer('a number of packets', 1, 10_000)], negatable: false },
    { flag: '--hashlimit-mode', values: [modes], negatable: false },
    { flag: '--hashlimit-name', values: [objectName('the table', 14)], negatable: false },
    { flag: '--hashlimit-htable-size', values: [integer('a number', 1, 65536)], negatable: false },
    { flag: '--hashlimit-htable-max', values: [integer('a number', 1, 1_000_000)], negatable: false },
    { flag: '--hashlimit-htable-gcinterval', values: [number], negatable: false, simplify: unlessDefault('1000') },
    { flag: '--hashlimit-htable-expire', values: [number], negatable: false },
    { flag: '--hashlimit-srcmask', values: [length], negatable: false, simplify: unlessWhole },
    { flag: '--hashlimit-dstmask', values: [length], negatable: false, simplify: unlessWhole },
  ],
  complete: (options) => withDefaults({ '--hashlimit-burst': '5' })(moveUnit(options)),
  assertFits(options) {
    const flags = options.map(({ flag }) => flag);
    if (!flags.includes('--hashlimit-upto') && !flags.includes('--hashlimit-above')) {
      throw new RuleError('hashlimit needs --hashlimit-upto or --hashlimit-above');
    }
    if (getBurstSeconds(options, '--hashlimit-upto', '--hashlimit-above') > LONGEST_BURST_SECONDS) {
      throw new RuleError('hashlimit cannot hold a burst that takes more than a day: give a faster rate or a smaller --hashlimit-burst');
    }
    if (!flags.includes('--hashlimit-name')) {
      throw new RuleError('hashlimit needs --hashlimit-name');
    }
  },
};

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
