import { RuleError } from '../../errors.js';

const MOST = 0xffffffff;
/** The kernel counts bytes in units of 16 (XT_HASHLIMIT_BYTE_SHIFT, linux/netfilter/xt_hashlimit.h). */
const UNIT = 16;
const FACTORS = { m: 1024 * 1024, k: 1024, '': 1 };
const RATE = /^(?<number>\d{1,11})(?<factor>[km]?)b\/s(?:ec|econd)?$/;
const SIZE = /^(?<number>0|[1-9]\d{0,9})(?<factor>[km]?)b?$/;

export function isByteRate(text: string): boolean {
  return RATE.test(text);
}

/** A rate in bytes, such as 512kb/s. The kernel keeps what a byte costs. The canonical form is the rate that iptables-save prints for it. */
export function byteRate(text: string): string {
  const bytes = readSize(RATE, text);
  const cost = bytes === null ? 0 : toCost(bytes);
  // iptables-save prints a slower rate as 0, and the kernel refuses a faster one.
  if (bytes === null || bytes < UNIT || cost < 2) {
    throw new RuleError(`"${text}" is not a rate in bytes from ${UNIT}b/s to 32767mb/s`);
  }
  const shown = toBytes(cost);
  const [name, factor] =
    Object.entries(FACTORS).find(([, each]) => shown >= each && toCost((shown & ~(each - 1)) >>> 0) === cost) ?? (['', 1] as const);
  return `${Math.floor(shown / factor)}${name}b/s`;
}

/**
 * A burst for a rate in bytes. The kernel keeps it as a multiple of the rate.
 *
 * @param rate in canonical form
 * @throws RuleError for a burst that is too small, or that iptables-save rounds to another multiple
 */
export function byteBurst(text: string, rate: string): string {
  const perSecond = toBytes(toCost(readSize(RATE, rate) ?? UNIT));
  const size = readSize(SIZE, text) ?? 0;
  if (size < perSecond || size > MOST) {
    throw new RuleError(`--hashlimit-burst ${text} is not from ${perSecond}b, the bytes of a second, to ${MOST}b`);
  }
  const times = Math.ceil(size / perSecond);
  const bytes = times * perSecond;
  const [name, factor] = Object.entries(FACTORS).find(([, each]) => bytes >= each) ?? (['', 1] as const);
  const shown = `${Math.floor(bytes / factor)}${name}b`;
  if (Math.ceil((Math.floor(bytes / factor) * factor) / perSecond) !== times || bytes > MOST) {
    throw new RuleError(
      `--hashlimit-burst ${text}: iptables-save rounds it to ${shown}, which is another burst: give a multiple of ${perSecond}b`,
    );
  }
  return shown;
}

/** The number of a burst, with or without a unit: 2kb is 2048. null for another text. */
export function readBurst(text: string): number | null {
  return readSize(SIZE, text);
}

function readSize(form: RegExp, text: string): number | null {
  const { number, factor } = form.exec(text)?.groups ?? {};
  return number === undefined ? null : Number(number) * FACTORS[(factor ?? '') as keyof typeof FACTORS];
}

function toCost(bytes: number): number {
  return Math.floor(MOST / (Math.floor(bytes / UNIT) + 1));
}

function toBytes(cost: number): number {
  return (Math.floor(MOST / cost) - 1) * UNIT;
}
