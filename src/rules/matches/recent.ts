import { USUAL_MATCH, type MatchExtension } from '../extension.js';
import { RuleError } from '../rule-error.js';
import { integer } from '../values/integer.js';
import { maskAddress } from '../values/mask-address.js';
import { objectName } from '../values/object-name.js';
import { withDefaults } from '../with-defaults.js';

const ALL_BITS = { ipv4: '255.255.255.255', ipv6: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' };
const COMMANDS = ['--set', '--rcheck', '--update', '--remove'];
const SIDES = ['--rsource', '--rdest'];

/** iptables-extensions(8), recent. Each network namespace has its own lists. */
export const recent: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'memory',
  memoryName: (options) => `recent ${options.find(({ flag }) => flag === '--name')?.values[0] ?? ''}`,
  least: 1,
  most: 8,
  alternatives: [COMMANDS, SIDES],
  options: [
    ...COMMANDS.map((flag) => ({ flag, values: [], negatable: true })),
    { flag: '--seconds', values: [integer('a number of seconds', 1, 0xffffffff)], negatable: false },
    { flag: '--reap', values: [], negatable: false },
    { flag: '--hitcount', values: [integer('a number of packets', 1, 255)], negatable: false },
    { flag: '--rttl', values: [], negatable: false },
    { flag: '--name', values: [objectName('a list', 199)], negatable: false },
    { flag: '--mask', values: [maskAddress], negatable: false },
    ...SIDES.map((flag) => ({ flag, values: [], negatable: false })),
  ],
  complete(options, family) {
    const named = withDefaults({ '--name': 'DEFAULT', '--mask': ALL_BITS[family] })(options);
    const hasSide = options.some(({ flag }) => SIDES.includes(flag));
    return hasSide ? named : [...named, { flag: '--rsource', negated: false, values: [] }];
  },
  assertFits(options) {
    const flags = options.map(({ flag }) => flag);
    if (!COMMANDS.some((flag) => flags.includes(flag))) {
      throw new RuleError(`recent needs one of ${COMMANDS.join(', ')}`);
    }
    const asks = flags.includes('--rcheck') || flags.includes('--update');
    const extra = ['--seconds', '--hitcount', '--rttl', '--reap'].find((flag) => flags.includes(flag));
    if (extra !== undefined && !asks) {
      throw new RuleError(`${extra} goes with --rcheck or --update only`);
    }
    if (flags.includes('--reap') && !flags.includes('--seconds')) {
      throw new RuleError('--reap needs --seconds');
    }
  },
};
