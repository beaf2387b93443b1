import type { Family, RuleOption } from '../../model/rule.js';
import { USUAL_MATCH, type MatchExtension, type ValueParser } from '../extension.js';
import { RuleError } from '../rule-error.js';
import { integer } from '../values/integer.js';
import { nameList } from '../values/name-list.js';
import { objectName } from '../values/object-name.js';
import { getBurstSeconds, LONGEST_BURST_SECONDS, rate } from '../values/rate.js';
import { unlessDefault, withDefaults } from '../with-defaults.js';

const packets = rate(1_000_000n);
const number = integer('a number', 1, 0xffffffff);
const BITS = { ipv4: 32, ipv6: 128 };
const length: ValueParser = (text, family) => integer('a prefix length', 0, BITS[family])(text);
const unlessWhole = (option: RuleOption, family: Family) => unlessDefault(String(BITS[family]))(option);
const modes = nameList('a mode', ['SRCIP', 'SRCPORT', 'DSTIP', 'DSTPORT']);

/** iptables-extensions(8), hashlimit, by packets. Each network namespace has its own tables. */
export const hashlimit: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'memory',
  nftBytes: 400,
  memoryName: (options) => `hashlimit ${options.find(({ flag }) => flag === '--hashlimit-name')?.values[0] ?? ''}`,
  // The match drops the first packet of a new element if the table is full (--hashlimit-htable-max).
  mayEndPacketItself: true,
  least: 2,
  most: 10,
  alternatives: [['--hashlimit-upto', '--hashlimit-above']],
  options: [
    { flag: '--hashlimit-upto', aliases: ['--hashlimit'], values: [packets], negatable: false },
    { flag: '--hashlimit-above', values: [packets], negatable: false },
    { flag: '--hashlimit-burst', values: [integer('a number of packets', 1, 10_000)], negatable: false },
    {
      flag: '--hashlimit-mode',
      // nameList returns capitals. iptables-save writes small letters, in the same order.
      values: [(text) => modes(text).toLowerCase()],
      negatable: false,
    },
    { flag: '--hashlimit-name', values: [objectName('the table', 14)], negatable: false },
    { flag: '--hashlimit-htable-size', values: [integer('a number', 1, 65536)], negatable: false },
    { flag: '--hashlimit-htable-max', values: [integer('a number', 1, 1_000_000)], negatable: false },
    { flag: '--hashlimit-htable-gcinterval', values: [number], negatable: false, simplify: unlessDefault('1000') },
    { flag: '--hashlimit-htable-expire', values: [number], negatable: false },
    { flag: '--hashlimit-srcmask', values: [length], negatable: false, simplify: unlessWhole },
    { flag: '--hashlimit-dstmask', values: [length], negatable: false, simplify: unlessWhole },
  ],
  complete: withDefaults({ '--hashlimit-burst': '5' }),
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
