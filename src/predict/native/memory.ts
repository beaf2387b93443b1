// Statements that remember the packets that they have seen. What they have seen is known in a fresh world only.
import { type Bucket, recall, take } from '../matches/memory.js';
import type { Condition } from '../rule/condition.js';
import { type Answer, flip, unknown } from '../world/answer.js';
import { getMember, getNumber, getText, type Json } from './json.js';

const UNITS: Record<string, number> = { bytes: 1, kbytes: 1024, mbytes: 1024 ** 2 };

/** A limit without a burst has this one (NFT_LIMIT_PKT_BURST_DEFAULT in net/netfilter/nft_limit.c). */
const BURST = 5;

function isInverted(spec: Json): boolean {
  return getMember(spec, 'inv') === true;
}

/** `limit rate 3/minute burst 5 packets`. A rate of bytes is not modelled. @param key of what it keeps: the rule's own, or its name */
export function readLimit(spec: Json, key: unknown): Condition {
  const isOfBytes = getMember(spec, 'rate_unit') !== undefined;
  const burst = getNumber(spec, 'burst') || BURST;
  const rate = `${getNumber(spec, 'rate')}/${getText(spec, 'per')}`;
  return (_, { memory }) => {
    const bucket = recall(memory, key, (): Bucket => ({ packets: burst, seconds: memory.seconds }));
    return bucket === undefined || isOfBytes ? unknown('limit') : flip(take(bucket, rate, burst, memory), isInverted(spec));
  };
}

/** `quota over 10 mbytes`, or a quota with a name (nft_quota_do_eval). Kernels differ in a quota that is used up exactly. */
export function readQuota(spec: Json, key: unknown): Condition {
  const most = (getNumber(spec, 'val') || getNumber(spec, 'bytes')) * (UNITS[getText(spec, 'val_unit') || 'bytes'] ?? NaN);
  return ({ length }, { memory }): Answer => {
    const kept = recall(memory, key, () => ({ bytes: getNumber(spec, 'used') }));
    if (kept === undefined || Number.isNaN(most)) {
      return unknown('quota');
    }
    kept.bytes += length;
    return kept.bytes === most ? unknown('quota') : kept.bytes > most === isInverted(spec);
  };
}

/**
 * `ct count over 3` (nft_connlimit_do_eval). In a fresh world a rule counts one connection, from its first packet on. Later packets do not make
 * it count a connection that it has not counted, and packets without a flow count for each direction. Resets and ICMP errors are not known.
 */
export function readCount(spec: Json): Condition {
  const most = getNumber(spec, 'val');
  return ({ content, tracking }, { memory }) => {
    const kept = recall(memory, spec, () => ({ hasCounted: false }));
    const isOdd = content.kind === 'icmp' || (content.kind === 'tcp' && content.flags.includes('RST'));
    const state = typeof tracking === 'string' ? null : tracking.state;
    if (kept === undefined || isOdd || (state !== 'NEW' && (state !== 'ESTABLISHED' || !kept.hasCounted))) {
      return unknown('ct count');
    }
    kept.hasCounted = true;
    return 1 > most === isInverted(spec);
  };
}
