import type { Outcome } from '../model/result.js';
import { getExchanges } from './conversation.js';
import type { Endpoint } from './endpoint.js';
import type { TracedPacket } from './traced-packet.js';

/**
 * EACCES has two meanings that the client cannot tell apart: its own stack refused to send, or an ICMPv6 error said that somebody else
 * forbids it (adm-prohibited, policy-fail, reject-route). The trace can.
 */
export function settleOutcome(seen: { outcome: Outcome; errno: string | null }, client: Endpoint, packets: TracedPacket[]): Outcome {
  const wasTold = () =>
    getExchanges(client, packets).some(({ answers }) => answers.some(({ headers, end }) => headers.icmp?.kind === 'error' && end === null));
  return seen.errno === 'EACCES' && wasTold() ? 'unreachable' : seen.outcome;
}
