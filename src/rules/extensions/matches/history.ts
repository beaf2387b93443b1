import type { RuleOption } from '../../../model/rule.js';
import { RuleError } from '../../errors.js';
import { type MatchExtension, USUAL_MATCH } from '../../extension.js';
import { maskAddress } from '../../values/addresses.js';
import { choice, objectName } from '../../values/names.js';
import { integer } from '../../values/numbers.js';
import { dropMatchAll, unlessDefault, withDefaults } from '../../values/options.js';
import { monthdays, otherMonthdays, otherWeekdays, timeDate, timeOfDay, weekdays } from '../../values/time.js';

const ALL_BITS = { ipv4: '255.255.255.255', ipv6: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' };
const COMMANDS = ['--set', '--rcheck', '--update', '--remove'];
const SIDES = ['--rsource', '--rdest'];
/** Longer than any scenario, in seconds. */
const FOREVER = 0xffffffff;

/** iptables-extensions(8), recent. Each network namespace has its own lists. */
export const recent: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'memory',
  // --set matches every packet. A list that has an address keeps it as long as nothing removes it, and the list does not overflow. Each
  // packet that is noted is younger than the world.
  getLasting(options, { all, areSourcesFew }) {
    const find = (name: string, from = options) => from.find(({ flag }) => flag === name);
    if (find('--set')?.negated === false) {
      return { match: FOREVER, miss: FOREVER };
    }
    const asks = find('--rcheck') ?? find('--update');
    const isKept = areSourcesFew && !all.some((other) => ['--remove', '--reap', '--rttl'].some((name) => find(name, other) !== undefined));
    return { match: asks?.negated === false && isKept ? Number(find('--seconds')?.values[0] ?? FOREVER) * 0.9 : 0, miss: 0 };
  },
  memoryName: (options) => `recent ${options.find(({ flag }) => flag === '--name')?.values[0] ?? ''}`,
  least: 1,
  most: 8,
  alternatives: [COMMANDS, SIDES],
  options: [
    ...COMMANDS.map((flag) => ({ flag, values: [], negatable: true })),
    { flag: '--seconds', values: [integer('a number of seconds', 1, 0x7fffffff)], negatable: false },
    { flag: '--reap', values: [], negatable: false },
    { flag: '--hitcount', values: [integer('a number of packets', 0, 65535)], negatable: false, simplify: unlessDefault('0') },
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

/** The kernel stores a probability in 31 bits. iptables-save prints it with eleven decimals. */
const SCALE = 2 ** 31;

function probability(text: string): string {
  if (!/^(0(\.\d{1,20})?|1(\.0{1,20})?|\.\d{1,20})$/.test(text)) {
    throw new RuleError(`"${text}" is not a probability: a decimal number from 0 to 1`);
  }
  return (Math.round(Number(text) * SCALE) / SCALE).toFixed(11);
}

/** iptables-extensions(8), statistic. */
export const statistic: MatchExtension = {
  ...USUAL_MATCH,
  stability: (options) => (options.some(({ flag }) => flag === '--every') ? 'memory' : 'moment'),
  least: 2,
  most: 3,
  alternatives: [
    ['--probability', '--every'],
    ['--probability', '--packet'],
  ],
  options: [
    { flag: '--mode', values: [choice('a mode', ['random', 'nth'])], negatable: false },
    { flag: '--probability', values: [probability], negatable: true },
    { flag: '--every', values: [integer('a number of packets', 1, 0xffffffff)], negatable: true },
    { flag: '--packet', values: [integer('a number of packets', 0, 0xfffffffe)], negatable: false },
  ],
  assertFits(options) {
    const get = (flag: string) => options.find((option) => option.flag === flag)?.values[0];
    const isRandom = get('--mode') === 'random';
    if (
      get('--mode') === undefined ||
      get(isRandom ? '--probability' : '--every') === undefined ||
      (!isRandom && get('--packet') === undefined)
    ) {
      throw new RuleError('statistic needs --mode random with --probability, or --mode nth with --every and --packet');
    }
    if (!isRandom && Number(get('--packet')) >= Number(get('--every'))) {
      throw new RuleError(`--packet counts from 0 and must be less than --every`);
    }
  },
};

/** The kernel's value for "never", which iptables-save prints as a date. */
const LAST_DATE = '2038-01-19T03:14:07';
const FIRST_DATE = '1970-01-01T00:00:00';

/** Writes a negated list of days as the remaining days, and leaves out a list of all days, as iptables-save does. */
function toOtherDays(getOthers: (days: string) => string): (option: RuleOption) => RuleOption | null {
  return (option) => {
    const others = getOthers(option.values[0] ?? '');
    if (others === '') {
      return dropMatchAll(option);
    }
    return option.negated ? { ...option, negated: false, values: [others] } : option;
  };
}

/** iptables-extensions(8), time. Times are UTC unless --kerneltz is given. */
export const time: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'moment',
  least: 0,
  most: 8,
  options: [
    { flag: '--timestart', values: [timeOfDay], negatable: false, simplify: unlessDefault('00:00:00') },
    { flag: '--timestop', values: [timeOfDay], negatable: false, simplify: unlessDefault('23:59:59') },
    { flag: '--monthdays', values: [monthdays], negatable: true, simplify: toOtherDays(otherMonthdays) },
    { flag: '--weekdays', values: [weekdays], negatable: true, simplify: toOtherDays(otherWeekdays) },
    { flag: '--datestart', values: [timeDate], negatable: false, simplify: unlessDefault(FIRST_DATE) },
    { flag: '--datestop', values: [timeDate], negatable: false, simplify: unlessDefault(LAST_DATE) },
    { flag: '--kerneltz', values: [], negatable: false },
    { flag: '--contiguous', values: [], negatable: false },
  ],
  findUnmet(options) {
    const [start, stop] = ['--datestart', '--datestop'].map((flag) => options.find((option) => option.flag === flag));
    return (start?.values[0] ?? FIRST_DATE) > (stop?.values[0] ?? LAST_DATE) ? (stop ?? start) : undefined;
  },
  assertFits(options) {
    const get = (flag: string): RuleOption | undefined => options.find((option) => option.flag === flag);
    if (get('--datestop')?.values[0] === FIRST_DATE) {
      throw new RuleError(`--datestop ${FIRST_DATE} would never match, and iptables loses it`);
    }
    const start = get('--timestart')?.values[0] ?? '00:00:00';
    const stop = get('--timestop')?.values[0] ?? '23:59:59';
    if (get('--contiguous') !== undefined && start <= stop) {
      throw new RuleError('--contiguous needs a --timestop that is earlier than --timestart');
    }
  },
};
