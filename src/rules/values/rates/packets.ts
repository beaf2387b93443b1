import type { RuleOption } from '../../../model/rule.js';
import { RuleError } from '../../errors.js';
import type { PlainParser } from '../../extension.js';

const SECONDS = { day: 86400n, hour: 3600n, min: 60n, sec: 1n };
const UNITS = Object.entries(SECONDS);

const LONG: Record<string, string> = { day: 'day', hour: 'hour', min: 'minute', sec: 'second' };

/**
 * The longest time of a burst. The kernel's counter overflows between one and two days, depending on its clock (user2credits in xt_limit.c
 * and xt_hashlimit.c).
 */
export const LONGEST_BURST_SECONDS = 86400;

/**
 * Makes a parser for a rate N/UNIT. The kernel stores the time between two packets as a whole number of 1/scale seconds. So the stored rate
 * is not exactly the given one, and iptables-save prints the nearest rate. The canonical form is the rate that iptables-save prints
 * unchanged.
 */
export function rate(scale: bigint): PlainParser {
  return (text) => settle(readRate(text, scale).period, scale);
}

/** The time between two packets at a rate N/UNIT, in 1/scale seconds, and the seconds of its unit. */
export function readRate(text: string, scale: bigint): { period: bigint; seconds: bigint; canonical: string } {
  const [, count = '', unit = 'second'] = /^([1-9]\d{0,8})(?:\/([a-z]+))?$/i.exec(text) ?? [];
  const long = unit.toLowerCase();
  const [name = '', seconds = null] = UNITS.find(([short]) => LONG[short]?.startsWith(long) === true) ?? [];
  if (count === '' || seconds === null) {
    throw new RuleError(`"${text}" is not a rate: write a number with /second, /minute, /hour or /day`);
  }
  const period = (seconds * scale) / BigInt(count);
  if (period === 0n) {
    throw new RuleError(`"${text}" is too fast a rate: at most ${scale}/second`);
  }
  return { period, seconds, canonical: `${count}/${name}` };
}

/** The rate for a time between two packets that iptables-save prints unchanged. */
export function settle(period: bigint, scale: bigint): string {
  const { count, name, seconds } = getNearest(period, scale);
  const again = (seconds * scale) / count;
  return again === period ? `${count}/${name}` : settle(again, scale);
}

/** The same as print_rate() of libxt_limit.c and libxt_hashlimit.c. */
function getNearest(period: bigint, scale: bigint): { count: bigint; name: string; seconds: bigint } {
  let nearest = UNITS[0] ?? ['day', SECONDS.day];
  for (const unit of UNITS.slice(1)) {
    const most = unit[1] * scale;
    if (period > most || most / period < most % period) {
      break;
    }
    nearest = unit;
  }
  const [name, seconds] = nearest;
  return { count: (seconds * scale) / period, name, seconds };
}

/** The seconds between two packets at a canonical rate. */
export function getPeriodSeconds(rate: string): number {
  const [count, unit = ''] = rate.split('/');
  return Number(UNITS.find(([name]) => name === unit)?.[1] ?? 1n) / Number(count);
}

/**
 * How long a limit goes on refusing packets. It began with a whole number of packets, and each packet takes one. So what remains when it
 * refuses is only what has been added since it began, and the next packet is there after one period (xt_limit.c, xt_hashlimit.c,
 * nft_limit.c). The kernel rounds a period down by at most a second in thirteen.
 */
export function getRefusingSeconds(rate: string): number {
  return getPeriodSeconds(rate) * 0.9;
}

/**
 * The seconds that a burst of packets takes at a canonical rate.
 *
 * @param flags the flags that may hold the rate. The flag of the burst ends with -burst.
 */
export function getBurstSeconds(options: RuleOption[], ...flags: string[]): number {
  const get = (isWanted: (flag: string) => boolean) => options.find(({ flag }) => isWanted(flag))?.values[0];
  const burst = Number(get((flag) => flag.endsWith('-burst')) ?? 5);
  return burst * getPeriodSeconds(get((flag) => flags.includes(flag)) ?? '');
}
