import type { DoubtKind } from '../model/plan.js';
import type { Endpoint } from './endpoint.js';
import type { PacketHeaders } from './parse-headers.js';
import type { TracedPacket } from './traced-packet.js';

/** A question of the client's (a SYN, data, a datagram, an echo request) with its retransmissions, and what answered it. */
export interface Exchange {
  requests: TracedPacket[];
  answers: TracedPacket[];
  /**
   * What a SYN was told that speaks of an earlier connection from the same port: a challenge ACK (RFC 9293, 3.10.7.4), a SYN-ACK sent again.
   * It settles nothing: the client resets that connection and sends its SYN again. Where a rule ends it, nothing goes on.
   */
  strays: TracedPacket[];
}

/** Sorts the packets of one client into questions and answers, in the order of the questions. */
export function getExchanges(client: Endpoint, packets: TracedPacket[]): Exchange[] {
  const exchanges: Exchange[] = [];
  const byQuestion = new Map<number, Exchange>();
  for (const packet of packets) {
    if (!isFromClient(client, packet.headers)) {
      const answered = exchanges.findLast(({ requests }) => requests.some((request) => isAnswer(packet, request)));
      (answered?.answers ?? getStrays(packet, exchanges.at(-1)))?.push(packet);
      continue;
    }
    const question = getQuestion(packet);
    const known = question === null ? undefined : byQuestion.get(question);
    if (known !== undefined) {
      known.requests.push(packet);
    } else if (question !== null) {
      const exchange = { requests: [packet], answers: [], strays: [] };
      exchanges.push(exchange);
      byQuestion.set(question, exchange);
    }
  }
  return exchanges;
}

/** An echo reply has the identifier of its request, and may have its addresses too. */
function isFromClient(client: Endpoint, { source, sourcePort, icmp }: PacketHeaders): boolean {
  return 'identifier' in client ? icmp?.kind === 'echo-request' : icmp === null && source === client.address && sourcePort === client.port;
}

/**
 * What is asked: the same for a retransmission. A bare ACK asks nothing, unless a rule ends it: then the connection hangs on it. TCP's
 * sequence numbers have 32 bits; below them are the numbers of packets.
 */
function getQuestion({ number, end, headers: { tcp, payloadLength } }: TracedPacket): number | null {
  if (tcp === null) {
    return -1 - number;
  }
  const isEndedAck = end !== null && !tcp.rst && !tcp.fin;
  return tcp.syn || payloadLength > 0 || isEndedAck ? tcp.sequence >>> 0 : null;
}

/** Where a packet belongs that answers nothing that was asked: to the SYN that waits for its answer, if it is of that connection's two ends. */
function getStrays({ headers }: TracedPacket, last: Exchange | undefined): TracedPacket[] | undefined {
  const isSyn = last?.requests.some(({ headers: { tcp } }) => tcp?.syn) ?? false;
  return isSyn && headers.tcp?.ack ? last?.strays : undefined;
}

/**
 * An ICMP error answers the packet that it embeds. A RST answers whatever came last, for the one that a REJECT sends acknowledges
 * nothing. Else a TCP answer says something (SYN, data) and acknowledges the request; a banner that is under way already does not.
 */
function isAnswer(packet: TracedPacket, { headers: request, rewrites, errors }: TracedPacket): boolean {
  const answer = packet.headers;
  if (answer.icmp !== null) {
    return answer.icmp.kind === 'error'
      ? errors.includes(packet) || [request, ...rewrites].some(({ fingerprint }) => fingerprint === answer.icmp?.embedded)
      : request.icmp !== null;
  }
  if (answer.tcp === null || request.tcp === null) {
    return answer.protocol === request.protocol;
  }
  return answer.tcp.rst || ((answer.tcp.syn || answer.payloadLength > 0) && acknowledges(answer.tcp.acknowledged, request));
}

/** Sequence numbers wrap round (RFC 9293, 3.4): the sign of the 32-bit difference tells which is ahead. */
function acknowledges(acknowledged: number, { tcp, payloadLength }: PacketHeaders): boolean {
  const end = (tcp?.sequence ?? 0) + payloadLength + (tcp?.syn ? 1 : 0);
  return ((acknowledged - end) | 0) >= 0;
}

/**
 * Whether the evidence shows that the client cannot hear anything any more: its last question was dropped, or every answer to it was ended on
 * its way; and what TCP sends again is decided in the same way. Nobody sends a datagram or an echo again. A dropped ACK that asks nothing shows
 * nothing: the answer to what was asked before may still come.
 *
 * @param listDoubts why a retransmission may fare otherwise than a packet did
 * @param mayMeetProgram whether a server may be a program, which says more than one thing, later, and unasked once a client has connected
 */
export function isSilenced(
  exchanges: Exchange[],
  listDoubts: (packet: TracedPacket) => Iterable<DoubtKind>,
  mayMeetProgram = false,
): boolean {
  const last = exchanges.at(-1);
  if (last === undefined || !isEnded(last) || last.requests.every(isBareAck) || (mayMeetProgram && !isUnheard(last))) {
    return false;
  }
  const { requests, answers } = last;
  const isSentAgain = requests.some(({ headers }) => headers.tcp !== null);
  const doubts = new Set(isSentAgain ? [...requests, ...answers].flatMap((packet) => [...listDoubts(packet)]) : []);
  return [...doubts].every((kind) => IS_SETTLED[kind](last));
}

function isEnded({ requests, answers }: Exchange): boolean {
  return requests.every(({ end }) => end?.verdict === 'drop') || (answers.length > 0 && answers.every(({ end }) => end !== null));
}

/** Of a server that is a program: no program knows of the client. */
function isUnheard({ requests }: Exchange): boolean {
  return requests.every(({ end, headers: { tcp } }) => end?.verdict === 'drop' && (tcp === null || tcp.syn));
}

function isBareAck({ headers: { tcp, payloadLength } }: TracedPacket): boolean {
  return tcp !== null && !tcp.syn && payloadLength === 0;
}

/** Whether TCP can send a packet again only as it was: data may be cut anew, or put together with more. */
function isWhole({ headers: { tcp, payloadLength } }: TracedPacket): boolean {
  return tcp === null || ((tcp.syn || tcp.rst) && payloadLength === 0);
}

/** Where a packet is once it has been sent: its flow is confirmed by then (nf_confirm is the last of all in postrouting). */
const ARRIVED = ['prerouting', 'input', 'forward'];

/** Where a kind of doubt is none after all. */
const IS_SETTLED: Record<DoubtKind, (exchange: Exchange) => boolean> = {
  // A rule that drops three of four SYNs by chance drops seven SYNs in a row for one client of seven.
  moment: () => false,
  memory: () => false,
  segment: ({ requests, answers }) => [...requests, ...answers].every(isWhole),
  // Once there was an answer, what the client sends again is ESTABLISHED.
  flow: ({ answers }) => answers.length === 0,
  // A flow that was expected stays so once it is confirmed; another one like it is not.
  expected: ({ requests, answers }) => answers.length === 0 && requests.every(isConfirmed),
  // A confirmed flow stays as it was translated; but a RST that is the only answer ends it, and the next SYN begins it anew (nf_conntrack_proto_tcp.c).
  binding: ({ requests, answers }) => requests.every(isConfirmed) && !answers.some(({ headers }) => headers.tcp?.rst),
};

/** Whether the packet left by way of this machine's own output, and came somewhere. */
function isConfirmed({ steps }: TracedPacket): boolean {
  const left = steps.findIndex(({ hook }) => hook === 'output' || hook === 'postrouting');
  return left !== -1 && steps.slice(left).some(({ hook }) => ARRIVED.includes(hook));
}
