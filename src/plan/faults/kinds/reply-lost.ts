import type { Family } from '../../../model/rule.js';
import { BOTH_FAMILIES, type FaultKindRow } from '../kind.js';

/** The server has done what was asked, and the client does not learn of it. Handshake and ACKs pass. */
export const replyLost: FaultKindRow = {
  help: 'the server gets the request, and its reply is lost',
  sees: 'a connection, then silence',
  counts: 'a connection with a lost reply',
  families: BOTH_FAMILIES,
  packets: {
    of: ['answer'],
    listMatches: listData,
    verdict: { tcp: 'drop', udp: null },
    hits: 'all',
    isIcmp: false,
  },
  standing: null,
};

/** The lengths of IP's own header. Packets on lo have no options in it. */
const IP_BYTES: Record<Family, number> = { ipv4: 20, ipv6: 40 };
const WORD_BYTES = 4;
/** The length of TCP's header in words: of 20 to 60 bytes. */
const DATA_OFFSETS = [5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

/** Segments that are longer than their headers. The flag PSH would not do: only the last segment of what a server writes has it. */
function listData(family: Family): string[] {
  return DATA_OFFSETS.map((words) => `tcp doff ${words} meta length > ${IP_BYTES[family] + words * WORD_BYTES}`);
}
