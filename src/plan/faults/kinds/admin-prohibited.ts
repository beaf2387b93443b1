import { BOTH_FAMILIES, EVERY_PACKET, type FaultKindRow } from '../kind.js';

/** A firewall that says so. An ICMP error does not end an existing connection, so those are ended. */
export const adminProhibited: FaultKindRow = {
  help: 'a firewall prohibits it: EHOSTUNREACH, over IPv6 EACCES',
  sees: 'EHOSTUNREACH at once, over IPv6 EACCES; on an existing connection ECONNRESET',
  counts: 'an attempt to connect, or a connection that was ended',
  families: BOTH_FAMILIES,
  packets: {
    of: ['question'],
    listMatches: EVERY_PACKET,
    verdict: { tcp: 'reject with icmpx type admin-prohibited', udp: 'reject with icmpx type admin-prohibited' },
    hits: 'attempts',
    isIcmp: true,
  },
  standing: 'end',
};
