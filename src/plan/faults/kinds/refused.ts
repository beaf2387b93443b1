import { BOTH_FAMILIES, EVERY_PACKET, type FaultKindRow } from '../kind.js';

/** A closed port. A RST reaches every client at once, an ICMP error does not: a blocking client waits a second for it. */
export const refused: FaultKindRow = {
  help: 'connections are refused at once',
  sees: 'ECONNREFUSED at once; on an existing connection ECONNRESET',
  counts: 'an attempt to connect, or a connection that was ended',
  families: BOTH_FAMILIES,
  packets: {
    of: ['question'],
    listMatches: EVERY_PACKET,
    verdict: { tcp: 'reject with tcp reset', udp: 'reject with icmpx type port-unreachable' },
    hits: 'attempts',
    isIcmp: false,
  },
  standing: 'end',
};
