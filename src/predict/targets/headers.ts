import { changing, type TargetModel } from '../rule/action.js';
import { getValue, hasOption, readMasked, setBits } from '../rule/condition.js';
import { MSS, NOP } from '../world/packet.js';

export const tos: TargetModel = (options) => {
  const bits = readMasked(getValue(options, '--set-tos'));
  return changing((packet) => (packet.tos = setBits(packet.tos, bits) & 0xff));
};

export const dscp: TargetModel = (options) => {
  const value = Number(getValue(options, '--set-dscp'));
  return changing((packet) => (packet.tos = (packet.tos & 3) | (value << 2)));
};

/** net/netfilter/xt_HL.c stays between 0 and 255. */
function changeHops(flag: string): TargetModel {
  return ([option]) => {
    const number = Number(option?.values[0]);
    const change = (hops: number): number => {
      switch (option?.flag) {
        case `${flag}-inc`:
          return Math.min(255, hops + number);
        case `${flag}-dec`:
          return Math.max(0, hops - number);
        default:
          return number;
      }
    };
    return changing((packet) => (packet.hops = change(packet.hops)));
  };
}

export const ttl = changeHops('--ttl');
export const hl = changeHops('--hl');

/** net/netfilter/xt_TCPOPTSTRIP.c writes NOPs over the options. */
export const tcpoptstrip: TargetModel = (options) => {
  const stripped = getValue(options, '--strip-options').split(',').map(Number);
  return changing(({ content }) => {
    if (content.kind === 'tcp') {
      content.options = content.options.map((kind) => (stripped.includes(kind) ? NOP : kind));
      content.mss = content.options.includes(MSS) ? content.mss : null;
    }
  });
};

/**
 * It never makes an MSS larger (net/netfilter/xt_TCPMSS.c). The MSS of a client fits its own interface, so clamping changes nothing where all
 * interfaces take packets of the same size.
 */
export const tcpmss: TargetModel = (options) => {
  const most = Number(getValue(options, '--set-mss'));
  if (hasOption(options, '--clamp-mss-to-pmtu')) {
    return (_, { network }) => (new Set(network.interfaces.map(({ mtu }) => mtu)).size < 2 ? 'continue' : { unknown: 'TCPMSS' });
  }
  return changing(({ content }) => {
    if (content.kind === 'tcp' && content.mss !== null) {
      content.mss = Math.min(content.mss, most);
    }
  });
};
