import type { RuleOption } from '../../model/rule.js';
import { USUAL_MATCH, type MatchExtension } from '../extension.js';
import { RuleError } from '../rule-error.js';
import { monthdays, otherMonthdays, otherWeekdays, timeDate, timeOfDay, weekdays } from '../values/time.js';
import { unlessDefault } from '../with-defaults.js';

/** The kernel's value for "never", which iptables-save prints as a date. */
const LAST_DATE = '2038-01-19T03:14:07';
const FIRST_DATE = '1970-01-01T00:00:00';

/** Writes a negated list of days as the remaining days, as iptables-save does. */
function toOtherDays(getOthers: (days: string) => string): (option: RuleOption) => RuleOption {
  return (option) => (option.negated ? { ...option, negated: false, values: option.values.map(getOthers) } : option);
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
  assertFits(options) {
    const get = (flag: string): RuleOption | undefined => options.find((option) => option.flag === flag);
    const first = get('--datestart')?.values[0] ?? FIRST_DATE;
    const last = get('--datestop')?.values[0] ?? LAST_DATE;
    if (last < first || last === FIRST_DATE) {
      throw new RuleError('--datestop is before --datestart: it would never match');
    }
    const start = get('--timestart')?.values[0] ?? '00:00:00';
    const stop = get('--timestop')?.values[0] ?? '23:59:59';
    if (get('--contiguous') !== undefined && start <= stop) {
      throw new RuleError('--contiguous needs a --timestop that is earlier than --timestart');
    }
  },
};
