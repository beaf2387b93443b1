import { BOTH_FAMILIES, type FaultKindRow } from '../kind.js';

/** A tunnel on the way whose ICMP errors are dropped. The handshake and short messages pass. */
export const mtuBlackhole: FaultKindRow = {
  help: 'small packets pass, those of more than 1300 bytes are lost',
  sees: 'a connection and short messages, then silence',
  counts: 'a connection with a lost packet',
  families: BOTH_FAMILIES,
  packets: {
    of: ['question', 'answer'],
    listMatches: () => ['meta length > 1300'],
    verdict: { tcp: 'drop', udp: 'drop' },
    hits: 'all',
    isIcmp: false,
    isOfLength: true,
  },
  standing: null,
};
