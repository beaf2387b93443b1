import { BOTH_FAMILIES, EVERY_PACKET, type FaultKindRow } from '../kind.js';

/** A router that finds the host not there. An ICMP error does not end an existing connection, so those are ended. */
export const hostUnreachable: FaultKindRow = {
  help: 'the host is unreachable: EHOSTUNREACH',
  sees: 'EHOSTUNREACH at once; on an existing connection ECONNRESET',
  counts: 'an attempt to connect, or a connection that was ended',
  families: BOTH_FAMILIES,
  packets: {
    of: ['question'],
    listMatches: EVERY_PACKET,
    verdict: { tcp: 'reject with icmpx type host-unreachable', udp: 'reject with icmpx type host-unreachable' },
    hits: 'attempts',
    isIcmp: true,
  },
  standing: 'end',
};
