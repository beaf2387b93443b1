import { BOTH_FAMILIES, type FaultKindRow } from '../kind.js';

/** A transfer that breaks off. The RST answers the ACK of the client, so the client has the bytes before it. */
export const closedAfter: FaultKindRow = {
  help: 'a connection is reset when the server has sent that many bytes: bytes=50000',
  sees: 'ECONNRESET after about that many bytes',
  counts: 'a connection that was reset',
  families: BOTH_FAMILIES,
  packets: {
    of: ['question'],
    listMatches: (_, bytes) => [`ct reply bytes > ${bytes}`],
    verdict: { tcp: 'reject with tcp reset', udp: null },
    hits: 'all',
    isIcmp: false,
  },
  standing: null,
};
