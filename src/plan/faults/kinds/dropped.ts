import { BOTH_FAMILIES, EVERY_PACKET, type FaultKindRow } from '../kind.js';

/** A machine that is off, or a firewall that drops. Existing connections fall silent, too. */
export const dropped: FaultKindRow = {
  help: 'no packet to the target arrives: the client waits',
  sees: 'silence',
  counts: 'an attempt to connect, or a connection that sends data',
  families: BOTH_FAMILIES,
  packets: { of: ['question'], listMatches: EVERY_PACKET, verdict: { tcp: 'drop', udp: 'drop' }, hits: 'attempts', isIcmp: false },
  standing: null,
};
