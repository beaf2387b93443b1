import type { Endpoint } from './journey-log.js';
import type { PacketHeaders, TcpHeader } from './parse-headers.js';
import type { TracedPacket } from './traced-packet.js';

/** A question of the client's (a SYN, or data) with its retransmissions, and what answered it. */
export interface Exchange {
  requests: TracedPacket[];
  answers: TracedPacket[];
}

/** Sorts the packets of one client into questions and answers, in the order of the questions. */
export function getExchanges(client: Endpoint, packets: TracedPacket[]): Exchange[] {
  const exchanges = new Map<number, Exchange>();
  for (const packet of packets) {
    const { tcp, source, sourcePort } = packet.headers;
    if (source === client.address && sourcePort === client.port && tcp !== null) {
      if (tcp.syn || tcp.payloadLength > 0) {
        const exchange = exchanges.get(tcp.sequence) ?? { requests: [], answers: [] };
        exchange.requests.push(packet);
        exchanges.set(tcp.sequence, exchange);
      }
    } else {
      [...exchanges.values()]
        .findLast(({ requests }) => requests.some((request) => isAnswer(packet.headers, request.headers)))
        ?.answers.push(packet);
    }
  }
  return [...exchanges.values()];
}

/**
 * An ICMP error answers the packet that it embeds. A RST answers whatever came last, for the one that a REJECT sends acknowledges
 * nothing. Else an answer says something (SYN, data) and acknowledges the request; a banner that is under way already does not.
 */
function isAnswer({ tcp, icmp }: PacketHeaders, request: PacketHeaders): boolean {
  if (icmp !== null) {
    return icmp.embedded === request.fingerprint;
  }
  if (tcp === null || request.tcp === null) {
    return false;
  }
  return tcp.rst || ((tcp.syn || tcp.payloadLength > 0) && acknowledges(tcp, request.tcp));
}

/** Sequence numbers wrap round (RFC 9293, 3.4): the sign of the 32-bit difference tells which is ahead. */
function acknowledges(answer: TcpHeader, request: TcpHeader): boolean {
  const end = request.sequence + request.payloadLength + (request.syn ? 1 : 0);
  return ((answer.acknowledged - end) | 0) >= 0;
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
