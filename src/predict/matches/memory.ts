// Matches that remember what they have seen. What they have seen is known in a fresh world only.
import type { Family, RuleOption } from '../../model/rule.js';
import { isByteRate } from '../../rules/values/rates/bytes.js';
import { getPeriodSeconds } from '../../rules/values/rates/packets.js';
import { type Answer, unknown } from '../world/answer.js';
import type { Packet } from '../world/packet.js';
import { type Condition, getValue, hasOption, type MatchModel, type Memory } from '../rule/condition.js';

/** What a rule, or a list with a name, keeps; made anew in a fresh world. undefined in a world that is not. */
export function recall<Kept>({ kept }: Memory, key: unknown, make: () => Kept): Kept | undefined {
  if (kept === null) {
    return undefined;
  }
  if (!kept.has(key)) {
    kept.set(key, make());
  }
  return kept.get(key) as Kept;
}

/** Packets that a rate still lets through, and when that was counted. */
export interface Bucket {
  packets: number;
  seconds: number;
}

/** Takes a packet from the bucket. A rate that is neither much slower nor much faster than a conversation is not known. */
export function take(bucket: Bucket, rate: string, burst: number, { seconds }: Memory): Answer {
  const period = getPeriodSeconds(rate);
  const passed = seconds - bucket.seconds;
  if (bucket.packets < burst && (period < 0.1 || (passed > 0 && passed > period / 3 && passed < period * 3))) {
    return unknown('a rate');
  }
  bucket.packets = Math.min(burst, bucket.packets + Math.floor(passed / period));
  bucket.seconds = seconds;
  if (bucket.packets === 0) {
    return false;
  }
  bucket.packets--;
  return true;
}

export const limit: MatchModel = (options) => {
  const [rate, burst] = [getValue(options, '--limit'), Number(getValue(options, '--limit-burst') || 5)];
  const key = {};
  return (_, { memory }) => {
    const bucket = recall(memory, key, (): Bucket => ({ packets: burst, seconds: memory.seconds }));
    return bucket === undefined ? unknown('limit') : take(bucket, rate, burst, memory);
  };
};

/** The first rule that names a table sets its rate. Rules that differ are not modelled. */
interface Limits {
  options: string;
  buckets: Map<string, Bucket>;
}

export const hashlimit: MatchModel = (options) => {
  const isAbove = hasOption(options, '--hashlimit-above');
  const rate = getValue(options, isAbove ? '--hashlimit-above' : '--hashlimit-upto');
  const burst = Number(getValue(options, '--hashlimit-burst'));
  const text = JSON.stringify(options);
  const isUnmodelled = isByteRate(rate) || ['srcmask', 'dstmask', 'rate-match'].some((flag) => hasOption(options, `--hashlimit-${flag}`));
  return (packet, { memory }) => {
    const key = `hashlimit ${getValue(options, '--hashlimit-name')}`;
    const limits = recall(memory, key, (): Limits => ({ options: text, buckets: new Map() }));
    if (limits === undefined || limits.options !== text || isUnmodelled) {
      return unknown('hashlimit');
    }
    const group = getGroup(packet, getValue(options, '--hashlimit-mode'));
    const bucket = limits.buckets.get(group) ?? { packets: burst, seconds: memory.seconds };
    limits.buckets.set(group, bucket);
    const isBelow = take(bucket, rate, burst, memory);
    return typeof isBelow === 'boolean' ? isBelow !== isAbove : isBelow;
  };
};

function getGroup({ source, destination }: Packet, modes: string): string {
  const values: Record<string, unknown> = {
    srcip: source.address,
    srcport: source.ports,
    dstip: destination.address,
    dstport: destination.ports,
  };
  return modes
    .split(',')
    .map((mode) => String(values[mode]))
    .join(' ');
}

/** net/netfilter/xt_quota.c: a packet that does not fit ends the quota. */
export const quota: MatchModel = (options) => {
  const bytes = Number(getValue(options, '--quota'));
  const negated = options.some((option) => option.negated);
  const key = {};
  return ({ length }, { memory }) => {
    const left = recall(memory, key, () => ({ bytes }));
    if (left === undefined) {
      return unknown('quota');
    }
    const fits = left.bytes >= length;
    left.bytes = fits ? left.bytes - length : 0;
    return fits !== negated;
  };
};

/** net/netfilter/xt_statistic.c */
export const statistic: MatchModel = (options) => {
  const probability = getValue(options, '--probability');
  const negated = options.some((option) => option.negated);
  if (probability !== '') {
    const isCertain = Number(probability) === 0 || Number(probability) === 1;
    return () => (isCertain ? (Number(probability) === 1) !== negated : unknown('statistic'));
  }
  const [every, first] = [Number(getValue(options, '--every')), Number(getValue(options, '--packet'))];
  const key = {};
  return (_, { memory }) => {
    const seen = recall(memory, key, () => ({ packets: 0 }));
    return seen === undefined ? unknown('statistic') : (seen.packets++ % every === first) !== negated;
  };
};

/** The moments at which each address was noted. */
type Stamps = Map<string, number[]>;

/** net/netfilter/xt_recent.c, recent_mt() */
export const recent: MatchModel = (options) => {
  const has = (flag: string) => hasOption(options, flag);
  const negated = options.some((option) => option.negated);
  const [seconds, hits] = [Number(getValue(options, '--seconds')), Number(getValue(options, '--hitcount'))];
  const isUnmodelled = has('--rttl') || has('--reap') || !/^(255\.){3}255$|^(ffff:){7}ffff$/.test(getValue(options, '--mask'));
  return (packet, { memory }) => {
    const list = recall(memory, `recent ${getValue(options, '--name')}`, (): Stamps => new Map());
    // Packets of a conversation come within a few milliseconds; a SYN comes again after one second.
    if (list === undefined || isUnmodelled || (seconds > 0 && seconds <= 3 && memory.seconds > 0)) {
      return unknown('recent');
    }
    const { address } = has('--rdest') ? packet.destination : packet.source;
    const stamps = list.get(address);
    if (has('--set')) {
      list.set(address, [...(stamps ?? []), memory.seconds]);
      return !negated;
    }
    if (stamps === undefined) {
      return negated;
    }
    if (has('--remove')) {
      list.delete(address);
      return !negated;
    }
    const matches = stamps.length >= Math.max(hits, 1) !== negated;
    if (has('--update') && matches) {
      stamps.push(memory.seconds);
    }
    return matches;
  };
};

/**
 * In a fresh world a rule counts one connection. It drops late packets of a connection that is closing (net/netfilter/nf_conncount.c), so a
 * RST is not known.
 */
export const connlimit: MatchModel = (options): Condition => {
  const upTo = getValue(options, '--connlimit-upto');
  const above = getValue(options, '--connlimit-above');
  return ({ content }, { memory }) => {
    const isClosing = content.kind === 'tcp' && content.flags.includes('RST');
    return memory.kept === null || isClosing ? unknown('connlimit') : upTo === '' ? Number(above) < 1 : Number(upTo) >= 1;
  };
};

/** net/netfilter/xt_time.c, where the clock does not come near one of its limits. */
export const time: MatchModel = (options: RuleOption[], _family: Family) => {
  const isUnmodelled = hasOption(options, '--kerneltz') || hasOption(options, '--contiguous');
  const holds = (moment: Date) => isWithinTimes(options, moment.toISOString().slice(0, 19));
  return (_, { memory: { clock } }) =>
    clock === null || isUnmodelled || holds(clock[0]) !== holds(clock[1]) ? unknown('time') : holds(clock[0]);
};

/** @param moment 2030-01-31T23:59:59 */
function isWithinTimes(options: RuleOption[], moment: string): boolean {
  const get = (flag: string, otherwise: string) => getValue(options, flag) || otherwise;
  const [start, stop] = [get('--timestart', '00:00:00'), get('--timestop', '23:59:59')];
  const [date = '', now = ''] = moment.split('T');
  const isInDay = start <= stop ? start <= now && now <= stop : now >= start || now <= stop;
  const day = new Date(`${date}T00:00:00Z`);
  const weekday = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'][day.getUTCDay()] ?? '';
  const isOf = (flag: string, value: string) => !hasOption(options, flag) || getValue(options, flag).split(',').includes(value);
  return (
    isInDay &&
    get('--datestart', '1970-01-01T00:00:00') <= moment &&
    moment <= get('--datestop', '2038-01-19T03:14:07') &&
    isOf('--weekdays', weekday) &&
    isOf('--monthdays', String(day.getUTCDate()))
  );
}
