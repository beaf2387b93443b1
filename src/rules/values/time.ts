import { RuleError } from '../errors.js';
import { exactNameList } from './names.js';

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const weekday = exactNameList('a day of the week', WEEKDAYS);

/** HH:MM or HH:MM:SS. */
export function timeOfDay(text: string): string {
  const [hours = '', minutes = '', seconds = '00'] = text.split(':');
  if (!/^\d{1,2}(:\d{2}){1,2}$/.test(text) || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) {
    throw new RuleError(`"${text}" is not a time: write HH:MM or HH:MM:SS`);
  }
  return `${hours.padStart(2, '0')}:${minutes}:${seconds}`;
}

/** YYYY-MM-DD or YYYY-MM-DDTHH:MM:SS, within the 32 bits that the kernel has for it. */
export function timeDate(text: string): string {
  const full = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00` : text;
  const date = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/.test(full) ? new Date(`${full}Z`) : null;
  if (date === null || Number.isNaN(date.getTime()) || date.toISOString().slice(0, 19) !== full) {
    throw new RuleError(`"${text}" is not a date: write YYYY-MM-DD or YYYY-MM-DDTHH:MM:SS`);
  }
  if (date.getTime() < 0 || date.getTime() >= 2 ** 31 * 1000) {
    throw new RuleError(`"${text}" is not within 1970-01-01 and 2038-01-19T03:14:07, which is what the kernel can hold`);
  }
  return full;
}

/** Days of the week, by name or number (1 is Monday). The canonical form has the order of the week. */
export function weekdays(text: string): string {
  const names = text.split(',').map((day) => (/^[1-7]$/.test(day) ? (WEEKDAYS[Number(day) - 1] ?? day) : day));
  return weekday(names.join(','));
}

/** The days of the week that are not in a canonical list. */
export function otherWeekdays(days: string): string {
  return WEEKDAYS.filter((day) => !days.split(',').includes(day)).join(',');
}

function monthday(text: string): number {
  if (/^(?:[1-9]|[12]\d|3[01])$/.test(text)) {
    return Number(text);
  }
  throw new RuleError(`"${text}" is not a day of the month: a number from 1 to 31`);
}

/** Days of the month, separated by commas. The canonical form is sorted. */
export function monthdays(text: string): string {
  const days = text.split(',').map(monthday);
  return [...new Set(days)].sort((a, b) => a - b).join(',');
}

/** The days of the month that are not in a list. */
export function otherMonthdays(days: string): string {
  return Array.from({ length: 31 }, (_, index) => String(index + 1))
    .filter((day) => !days.split(',').includes(day))
    .join(',');
}
