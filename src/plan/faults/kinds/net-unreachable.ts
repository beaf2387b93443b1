import { BOTH_FAMILIES, EVERY_PACKET, type FaultKindRow } from '../kind.js';

/** A router without a route. An ICMP error does not end an existing connection, so those are ended. */
export const netUnreachable: FaultKindRow = {
  help: 'the network is unreachable: ENETUNREACH',
  sees: 'ENETUNREACH at once; on an existing connection ECONNRESET',
  counts: 'an attempt to connect, or a connection that was ended',
  families: BOTH_FAMILIES,
  packets: {
    of: ['question'],
    listMatches: EVERY_PACKET,
    verdict: { tcp: 'reject with icmpx type no-route', udp: 'reject with icmpx type no-route' },
    hits: 'attempts',
    isIcmp: true,
  },
  standing: 'end',
};
