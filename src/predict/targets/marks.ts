import { changing, type TargetModel } from '../rule/action.js';
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
      packet.mark = setBits(packet.mark, { mask: ofPacket, value: flow.mark & ofFlow });
    } else {
      flow.mark = setBits(flow.mark, isSave ? { mask: ofFlow, value: packet.mark & ofPacket } : own);
    }
  });
};

/** CT and NOTRACK do nothing to a packet that connection tracking has already seen: on lo in PREROUTING (net/netfilter/xt_CT.c). */
export const notrack: TargetModel = () =>
  changing((packet) => {
    if (packet.tracking === 'nothing') {
      packet.tracking = 'untracked';
    }
  });

export const ct: TargetModel = (options, family) => {
  if (hasOption(options, '--notrack')) {
    return notrack(options, family);
  }
  const oneWay = options.find(({ flag }) => flag === '--zone-orig' || flag === '--zone-reply');
  if (oneWay !== undefined) {
    return () => ({ unknown: `CT ${oneWay.flag}` });
  }
  const zone = getValue(options, '--zone');
  return changing((packet) => {
    if (packet.tracking === 'nothing') {
      packet.zone = zone === 'mark' ? packet.mark & 0xffff : Number(zone);
    }
  });
};
