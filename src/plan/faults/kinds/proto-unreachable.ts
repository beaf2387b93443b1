import { EVERY_PACKET, type FaultKindRow } from '../kind.js';

/** A host without TCP. Only IPv4 has this error. */
export const protoUnreachable: FaultKindRow = {
  help: 'the host does not know the protocol: ENOPROTOOPT (IPv4 only)',
  sees: 'ENOPROTOOPT at once; on an existing connection ECONNRESET',
  counts: 'an attempt to connect, or a connection that was ended',
  families: ['ipv4'],
  packets: {
    of: ['question'],
    listMatches: EVERY_PACKET,
    verdict: { tcp: 'reject with icmp type prot-unreachable', udp: 'reject with icmp type prot-unreachable' },
    hits: 'attempts',
    isIcmp: true,
  },
  standing: 'end',
};
