import { choice } from '../values/choice.js';
/** iptables-extensions(8), pkttype. */
export const pkttype = {
    least: 1,
    most: 1,
    options: [{ flag: '--pkt-type', values: [choice('a type of packet', ['unicast', 'broadcast', 'multicast'])], negatable: true }],
};
