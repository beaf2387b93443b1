import type { RuleOption } from '../../model/rule.js';
import { USUAL_MATCH, type MatchExtension, type ValueParser } from '../extension.js';
import { RuleError } from '../rule-error.js';
import { integer } from '../values/integer.js';
import { withDefaults } from '../with-defaults.js';

const count = integer('a number of connections', 0, 0xffffffff);
const BITS = { ipv4: 32, ipv6: 128 };
const length: ValueParser = (text, family) => integer('a prefix length', 0, BITS[family])(text);
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
    const masked = withDefaults({ '--connlimit-mask': String(BITS[family]) })(options);
    const hasSide = options.some(({ flag }) => flag.endsWith('addr'));
    return hasSide ? masked : [...masked, { flag: '--connlimit-saddr', negated: false, values: [] }];
  },
  assertFits(options) {
    if (!options.some(({ flag }) => Object.hasOwn(OPPOSITES, flag))) {
      throw new RuleError('connlimit needs --connlimit-upto or --connlimit-above');
    }
  },
};
