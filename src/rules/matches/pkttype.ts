import { USUAL_MATCH, type MatchExtension } from '../extension.js';
import { choice } from '../values/choice.js';

/** iptables-extensions(8), pkttype. */
export const pkttype: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'packet',
  least: 1,
  most: 1,
  options: [{ flag: '--pkt-type', values: [choice('a type of packet', ['unicast', 'broadcast', 'multicast'])], negatable: true }],
};
