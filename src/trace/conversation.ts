import type { Endpoint } from './journey-log.js';
import type { TracedPacket } from './traced-packet.js';

/** A question of the client's (a SYN, or data) with its retransmissions, and what answered it. */
export interface Exchange {
  requests: TracedPacket[];
  answers: TracedPacket[];
}

/** Sorts the packets of one client into questions and answers, in the order of the questions. */
export function getExchanges(client: Endpoint, packets: TracedPacket[]): Exchange[] {
  const exchanges = new Map<number, Exchange>();
  let current: Exchange | undefined;
  for (const packet of packets) {
    const { tcp, icmp, source, sourcePort } = packet.headers;
    const isClients = source === client.address && sourcePort === client.port;
    if (icmp !== null) {
      findAnswered([...exchanges.values()], packet)?.answers.push(packet);
    } else if (tcp !== null && isClients && (tcp.syn || tcp.payloadLength > 0)) {
      current = exchanges.get(tcp.sequence) ?? { requests: [], answers: [] };
      current.requests.push(packet);
      exchanges.set(tcp.sequence, current);
    } else if (tcp !== null && !isClients && (tcp.syn || tcp.rst || tcp.payloadLength > 0)) {
      current?.answers.push(packet);
    }
  }
  return [...exchanges.values()];
}

/** An ICMP error answers the packet that it embeds. */
function findAnswered(exchanges: Exchange[], error: TracedPacket): Exchange | undefined {
  const embedded = error.headers.icmp?.embedded;
  return exchanges.find(({ requests }) => requests.some((request) => request.headers.fingerprint === embedded));
}

/**
 * Whether the evidence shows that the client cannot hear anything any more: its last question was dropped, or every answer to it
 * was ended on its way. What is retransmitted meets the same rules, unless those depend on time, rate, history or chance.
 */
export function isSilenced(exchanges: Exchange[]): boolean {
  const last = exchanges.at(-1);
  if (last === undefined) {
    return false;
  }
  if (last.requests.every((request) => request.end?.verdict === 'drop')) {
    return true;
  }
  return last.answers.length > 0 && last.answers.every((answer) => answer.end !== null);
}
