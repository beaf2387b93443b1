import type { Family, RuleOption } from '../../../model/rule.js';
import { ADDRESS_BITS } from '../../../words/addresses.js';
import { RuleError } from '../../errors.js';
import { type MatchExtension, USUAL_MATCH, type ValueParser } from '../../extension.js';
import { byteBurst, byteRate, isByteRate, readBurst } from '../../values/rates/bytes.js';
import { exactNameList, objectName } from '../../values/names.js';
import { integer } from '../../values/numbers.js';
import { unlessDefault } from '../../values/options.js';
import { getRefusingSeconds, readRate, settle } from '../../values/rates/packets.js';

/** The parts of a second in which the kernel counts the time between two packets. */
const SCALE = 1_000_000n;
const RATES = ['--hashlimit-upto', '--hashlimit-above'];
/** The most packets of a burst: XT_HASHLIMIT_BURST_MAX (linux/netfilter/xt_hashlimit.h). */
const MOST_PACKETS = 1_000_000;
/** The largest table that the kernel makes. */
const MOST_ELEMENTS = 1_048_576;
/** A larger table takes more than half a megabyte of kernel memory, at once. */
const MOST_BUCKETS = 65_536;
/** The milliseconds after which an element expires by default: of a rate in bytes, and of one with a burst. */
const BYTES_EXPIRE = 15_000;
const BYTES_BURST_EXPIRE = 60_000;
/** What a second of waiting is worth, with 250 or 1000 ticks a second (CREDITS_PER_JIFFY_v2 in xt_hashlimit.c). */
const CREDITS = 250n * 2n ** 39n;

const number = integer('a number', 1, 0xffffffff);
const length: ValueParser = (text, family) => integer('a prefix length', 0, ADDRESS_BITS[family])(text);
const unlessWhole = (option: RuleOption, family: Family) => unlessDefault(String(ADDRESS_BITS[family]))(option);
const modes = exactNameList('a mode', ['srcip', 'srcport', 'dstip', 'dstport']);

/** A rate of packets or bytes. The unit of a rate of packets stays, because it tells when elements expire. */
function anyRate(text: string): string {
  return isByteRate(text) ? byteRate(text) : readRate(text, SCALE).canonical;
}

function burst(text: string): string {
  if (readBurst(text) === null || (/^\d+$/.test(text) && (Number(text) < 1 || Number(text) > MOST_PACKETS))) {
    throw new RuleError(`"${text}" is not a burst: a number from 1 to ${MOST_PACKETS}, or bytes such as 400kb`);
  }
  return text;
}

function buckets(text: string): string {
  const size = integer('a number', 0, 0xffffffff)(text);
  if (Number(size) > MOST_BUCKETS) {
    throw new RuleError(`a table of ${size} buckets is refused: it takes memory of the whole machine, and ${MOST_BUCKETS} are the most`);
  }
  return size;
}

/** The size of a table as iptables-save prints it. 0 is the default. */
function simplifySize(option: RuleOption): RuleOption | null {
  const size = Math.min(Number(option.values[0]), MOST_ELEMENTS);
  return size === 0 ? null : { ...option, values: [String(size)] };
}

const find = (options: RuleOption[], ...flags: string[]) => options.find(({ flag }) => flags.includes(flag));
const make = (flag: string, ...values: string[]): RuleOption => ({ flag, negated: false, values });

/** Writes rate, burst and times as iptables-save does. */
function complete(options: RuleOption[]): RuleOption[] {
  const given = find(options, ...RATES);
  const rate = given?.values[0] ?? '';
  const isOfBytes = isByteRate(rate);
  const burst = find(options, '--hashlimit-burst')?.values[0] ?? null;
  const interval = find(options, '--hashlimit-rate-interval')?.values[0];
  const isRateMatch = find(options, '--hashlimit-rate-match') !== undefined;
  const replaced = [...RATES, '--hashlimit-burst', '--hashlimit-htable-expire', '--hashlimit-rate-interval'];
  const all = options.filter(({ flag }) => !replaced.includes(flag));
  if (given === undefined) {
    return options;
  }
  const seconds = isOfBytes ? 1n : readRate(rate, SCALE).seconds;
  const shown = isOfBytes ? rate : showRate(rate, isRateMatch);
  all.push({ ...given, values: [shown] });
  if (isOfBytes && burst !== null) {
    all.push(make('--hashlimit-burst', byteBurst(burst, rate)));
  } else if (!isOfBytes) {
    all.push(make('--hashlimit-burst', toPackets(burst)));
  }
  const usual = isOfBytes ? (burst === null ? BYTES_EXPIRE : BYTES_BURST_EXPIRE) : Number(readRate(shown, SCALE).seconds) * 1000;
  const own = isOfBytes ? usual : Number(seconds) * 1000;
  const expire = Number(find(options, '--hashlimit-htable-expire')?.values[0] ?? own);
  if (expire !== usual) {
    all.push(make('--hashlimit-htable-expire', String(expire)));
  }
  const every = interval ?? String(seconds);
  return isRateMatch && every !== '1' ? [...all, make('--hashlimit-rate-interval', every)] : all;
}

const seconds = integer('a number of seconds', 1, 0x7fffffff);

/** A number of seconds. iptables does not read it in hexadecimal. */
function interval(text: string): string {
  if (/x/i.test(text)) {
    throw new RuleError(`"${text}" is not a number of seconds: write it in decimal`);
  }
  return seconds(text);
}

/** A rate of packets as iptables-save prints it. A rate match counts the packets of each interval, whatever the unit is. */
function showRate(rate: string, isRateMatch: boolean): string {
  const { period, seconds } = readRate(rate, SCALE);
  const kept = isRateMatch ? period / seconds : period;
  if (kept === 0n) {
    throw new RuleError(`${rate} is too fast a rate for --hashlimit-rate-match: at most ${SCALE} packets an interval`);
  }
  return settle(kept, SCALE);
}

function toPackets(burst: string | null): string {
  const packets = burst === null ? 5 : (readBurst(burst) ?? 0);
  if (packets < 1 || packets > MOST_PACKETS) {
    throw new RuleError(`--hashlimit-burst ${burst} is not from 1 to ${MOST_PACKETS} packets`);
  }
  return String(packets);
}

/** Whether the kernel's counter of 64 bits overflows in a way that the kernel notices. It accepts other overflows (hashlimit_mt_check_common). */
function overflows(options: RuleOption[]): boolean {
  const rate = find(options, ...RATES)?.values[0] ?? '';
  if (isByteRate(rate) || find(options, '--hashlimit-rate-match') !== undefined) {
    return false;
  }
  const { period } = readRate(rate, SCALE);
  const toCredits = (time: bigint) => BigInt.asUintN(64, time * (CREDITS / SCALE));
  return toCredits(period * BigInt(find(options, '--hashlimit-burst')?.values[0] ?? 5)) < toCredits(period);
}

/** iptables-extensions(8), hashlimit. Each network namespace has its own tables. */
export const hashlimit: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'memory',
  nftBytes: 400,
  memoryName: (options) => `hashlimit ${find(options, '--hashlimit-name')?.values[0] ?? ''}`,
  // An element that expires begins anew. By default it expires after the unit of the rate, which is no shorter than the period. The first rule
  // that names a table sets its rate.
  getLasting(options, { all }) {
    const isOneRate = all.every((other) => JSON.stringify(other) === JSON.stringify(options));
    const limited = find(options, ...RATES);
    const rate = limited?.values[0] ?? '';
    if (!isOneRate || limited === undefined || isByteRate(rate) || find(options, '--hashlimit-htable-expire', '--hashlimit-rate-match')) {
      return { match: 0, miss: 0 };
    }
    const seconds = getRefusingSeconds(rate);
    return limited.flag === '--hashlimit-upto' ? { match: 0, miss: seconds } : { match: seconds, miss: 0 };
  },
  // The match drops the first packet of a new element if the table is full (--hashlimit-htable-max).
  mayEndPacketItself: true,
  least: 2,
  most: 12,
  alternatives: [RATES],
  options: [
    { flag: '--hashlimit-upto', aliases: ['--hashlimit'], values: [anyRate], negatable: false },
    { flag: '--hashlimit-above', values: [anyRate], negatable: false },
    { flag: '--hashlimit-burst', values: [burst], negatable: false },
    { flag: '--hashlimit-mode', values: [modes], negatable: false },
    { flag: '--hashlimit-name', values: [objectName('the table', 254)], negatable: false },
    { flag: '--hashlimit-htable-size', values: [buckets], negatable: false, simplify: simplifySize },
    { flag: '--hashlimit-htable-max', values: [integer('a number', 0, 0xffffffff)], negatable: false, simplify: simplifySize },
    { flag: '--hashlimit-htable-gcinterval', values: [number], negatable: false, simplify: unlessDefault('1000') },
    { flag: '--hashlimit-htable-expire', values: [number], negatable: false },
    { flag: '--hashlimit-srcmask', values: [length], negatable: false, simplify: unlessWhole },
    { flag: '--hashlimit-dstmask', values: [length], negatable: false, simplify: unlessWhole },
    { flag: '--hashlimit-rate-match', values: [], negatable: false },
    { flag: '--hashlimit-rate-interval', values: [interval], negatable: false },
  ],
  complete,
  assertFits(options) {
    const flags = options.map(({ flag }) => flag);
    if (find(options, ...RATES) === undefined) {
      throw new RuleError(`hashlimit needs ${RATES.join(' or ')}`);
    }
    if (!flags.includes('--hashlimit-name')) {
      throw new RuleError('hashlimit needs --hashlimit-name');
    }
    if (overflows(options)) {
      throw new RuleError('the kernel cannot hold a burst that takes so long: give a faster rate or another --hashlimit-burst');
    }
  },
};
