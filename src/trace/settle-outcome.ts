import type { Outcome } from '../model/result.js';
import { getExchanges } from './conversation.js';
import type { Endpoint } from './endpoint.js';
import type { TracedPacket } from './traced-packet.js';

/**
 * Decides what EACCES means: the client's own stack refused to send, or an ICMPv6 error reported a prohibition (adm-prohibited,
 * policy-fail, reject-route). The client cannot tell these apart, but the trace can.
 */
export function settleOutcome(seen: { outcome: Outcome; errno: string | null }, client: Endpoint, packets: TracedPacket[]): Outcome {
  const wasTold = () =>
    getExchanges(client, packets).some(({ answers }) => answers.some(({ headers, end }) => headers.icmp?.kind === 'error' && end === null));
  return seen.errno === 'EACCES' && wasTold() ? 'unreachable' : seen.outcome;
}
