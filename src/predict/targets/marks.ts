import { changing, type TargetModel } from '../rule/action.js';
import type { Packet } from '../world/packet.js';
import { getValue, hasOption, readMasked, setBits } from '../rule/condition.js';

export const mark: TargetModel = (options) => {
  const bits = readMasked(getValue(options, '--set-xmark'));
  return changing((packet) => (packet.mark = setBits(packet.mark, bits)));
};

/** net/netfilter/xt_connmark.c. Without a flow it does nothing. */
export const connmark: TargetModel = (options) => {
  const own = readMasked(getValue(options, '--set-xmark'));
  const [ofPacket, ofFlow] = [Number(getValue(options, '--nfmask')), Number(getValue(options, '--ctmask'))];
  const [isSave, isRestore] = [hasOption(options, '--save-mark'), hasOption(options, '--restore-mark')];
  return changing((packet) => {
    if (typeof packet.tracking === 'string') {
      return;
    }
    const { flow } = packet.tracking;
    if (isRestore) {
      packet.mark = copyBits(packet.mark, flow.mark, ofPacket, ofFlow);
    } else {
      flow.mark = isSave ? copyBits(flow.mark, packet.mark, ofFlow, ofPacket) : setBits(flow.mark, own);
    }
  });
};

/** What a mark becomes that gets these bits of another. */
function copyBits(old: number | null, other: number | null, mask: number, ofOther: number): number | null {
  return other === null && ofOther !== 0 ? null : setBits(old, { mask, value: (other ?? 0) & ofOther });
}

/**
 * net/netfilter/xt_HMARK.c. Only one value is possible where the modulus is 1; others hang on ports, which the kernel chooses. With
 * --hmark-tuple ct a packet without a flow keeps its mark.
 */
export const hmark: TargetModel = (options) => {
  const isOfFlow = hasOption(options, '--hmark-tuple');
  const offset = Number(getValue(options, '--hmark-offset') || 0);
  const isFixed = getValue(options, '--hmark-mod') === '1';
  return changing((packet) => {
    if (!isOfFlow || typeof packet.tracking !== 'string') {
      packet.mark = isFixed ? offset : null;
    }
  });
};

/** CT and NOTRACK do nothing to a packet that connection tracking has already seen: on lo in PREROUTING (net/netfilter/xt_CT.c). */
export function untrack(packet: Packet): void {
  if (packet.tracking === 'nothing') {
    packet.tracking = 'untracked';
  }
}

export const notrack: TargetModel = () => changing(untrack);

export const ct: TargetModel = (options, family) => {
  if (hasOption(options, '--notrack')) {
    return notrack(options, family);
  }
  const oneWay = options.find(({ flag }) => flag === '--zone-orig' || flag === '--zone-reply');
  if (oneWay !== undefined) {
    return () => ({ unknown: `CT ${oneWay.flag}` });
  }
  const zone = getValue(options, '--zone');
  return (packet) => {
    if (packet.tracking !== 'nothing') {
      return 'continue';
    }
    if (zone === 'mark' && packet.mark === null) {
      return { unknown: 'a mark' };
    }
    packet.zone = zone === 'mark' ? (packet.mark ?? 0) & 0xffff : Number(zone);
    return 'continue';
  };
};
