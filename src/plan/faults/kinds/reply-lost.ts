import { BOTH_FAMILIES, type FaultKindRow } from '../kind.js';

/** The server has done what was asked, and the client does not learn of it. A segment with data has PSH, an ACK does not. */
export const replyLost: FaultKindRow = {
  help: 'the server gets the request, and its reply is lost',
  sees: 'a connection, then silence',
  counts: 'a connection with a lost reply',
  families: BOTH_FAMILIES,
  packets: {
    of: ['answer'],
    getMatch: () => 'tcp flags & psh == psh',
    verdict: { tcp: 'drop', udp: null },
    hits: 'all',
    isIcmp: false,
  },
  standing: null,
};
