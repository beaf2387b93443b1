import { BOTH_FAMILIES, EVERY_PACKET, type FaultKindRow } from '../kind.js';

/** A firewall that lets the question pass and drops the answer. */
export const answerEaten: FaultKindRow = {
  help: 'packets arrive, and no answer comes back',
  sees: 'silence; the server sees the connection, and no data',
  counts: 'a connection with a lost answer',
  families: BOTH_FAMILIES,
  packets: { of: ['answer'], listMatches: EVERY_PACKET, verdict: { tcp: 'drop', udp: 'drop' }, hits: 'attempts', isIcmp: false },
  standing: null,
};
