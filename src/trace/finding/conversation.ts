import type { InstabilityKind } from '../../model/plan.js';
import type { Doubt } from '../journey/instabilities.js';
import type { Endpoint, TracedPacket } from '../journey/packet.js';
import type { PacketHeaders } from '../packet/headers.js';

/** The hooks that a packet reaches after it was sent. Its flow is confirmed by then: nf_confirm is the last function of postrouting. */
const ARRIVED = ['prerouting', 'input', 'forward'];

/** Whether an instability of each kind can be excluded for an exchange. */
const IS_SETTLED: Record<InstabilityKind, (exchange: Exchange) => boolean> = {
  // Retransmissions cannot exclude chance. A rule that drops three of four SYNs by chance drops seven SYNs in a row for one client of
  // seven.
  moment: () => false,
  memory: () => false,
  segment: ({ requests, answers }) => [...requests, ...answers].every(isWhole),
  // After the first answer, the packets that the client retransmits are ESTABLISHED.
  flow: ({ answers }) => answers.length === 0,
  // An expected flow stays expected once it is confirmed. A second flow like it is not expected.
  expected: ({ requests, answers }) => answers.length === 0 && requests.every(isConfirmed),
  // A confirmed flow keeps its translation. But a RST as the only answer ends the flow: the next SYN starts a new one
  // (nf_conntrack_proto_tcp.c).
  binding: ({ requests, answers }) => requests.every(isConfirmed) && !answers.some(({ headers }) => headers.tcp?.rst),
};

/** A request of the client (a SYN, data, a datagram, an echo request) with its retransmissions and its answers. */
export interface Exchange {
  requests: TracedPacket[];
  answers: TracedPacket[];
  /**
   * Answers to a SYN that belong to an earlier connection from the same port: a challenge ACK (RFC 9293, 3.10.7.4) or a retransmitted
   * SYN-ACK. They decide nothing: the client resets that connection and sends its SYN again. But if a rule ends such an answer, nothing
   * more happens.
   */
  strays: TracedPacket[];
}

/** Sorts the packets of one client into exchanges, in the order of their requests. */
export function getExchanges(client: Endpoint, packets: TracedPacket[]): Exchange[] {
  const exchanges: Exchange[] = [];
  const byQuestion = new Map<number, Exchange>();
  for (const packet of packets) {
    if (!isFromClient(client, packet.headers)) {
      const answered = exchanges.findLast(({ requests }) => requests.some((request) => isAnswer(packet, request)));
      (answered?.answers ?? getStrays(packet, exchanges.at(-1)))?.push(packet);
      continue;
    }
    const question = getRequestKey(packet);
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

/**
 * Whether the client sent the packet. For ICMP echo the type tells: a reply has the identifier of its request, and may have its addresses
 * too.
 */
export function isFromClient(client: Endpoint, { source, sourcePort, icmp }: PacketHeaders): boolean {
  return 'identifier' in client ? icmp?.kind === 'echo-request' : icmp === null && source === client.address && sourcePort === client.port;
}

/**
 * The key of a request: a retransmission has the same one. null for a packet that asks nothing.
 * A bare ACK asks nothing, unless a rule ends it: the connection then depends on it.
 * A key of TCP is its sequence number (32 bits). Other requests get a negative key from the packet's number.
 */
function getRequestKey({ number, end, headers: { tcp, payloadLength } }: TracedPacket): number | null {
  if (tcp === null) {
    return -1 - number;
  }
  const isEndedAck = end !== null && !tcp.rst && !tcp.fin;
  return tcp.syn || payloadLength > 0 || isEndedAck ? tcp.sequence >>> 0 : null;
}

/** The list of strays to which a packet belongs: it has an ACK, and the last exchange is a SYN. undefined for any other packet. */
function getStrays({ headers }: TracedPacket, last: Exchange | undefined): TracedPacket[] | undefined {
  const isSyn = last?.requests.some(({ headers: { tcp } }) => tcp?.syn) ?? false;
  return isSyn && headers.tcp?.ack ? last?.strays : undefined;
}

/**
 * Whether a packet answers a request.
 * - An ICMP error answers the packet that it embeds. A redirect answers nothing: its sender has forwarded the packet.
 * - A RST answers the latest request: the RST of a REJECT acknowledges nothing.
 * - Any other TCP answer has a SYN or data, and acknowledges the request. A banner that was sent before the request does not acknowledge
 *   it.
 */
export function isAnswer(packet: TracedPacket, { headers: request, rewrites, errors }: TracedPacket): boolean {
  const answer = packet.headers;
  if (answer.icmp !== null) {
    return answer.icmp.kind === 'error'
      ? errors.includes(packet) || [request, ...rewrites].some(({ fingerprint }) => fingerprint === answer.icmp?.embedded)
      : request.icmp !== null && answer.icmp.kind !== 'redirect';
  }
  if (answer.tcp === null || request.tcp === null) {
    return answer.protocol === request.protocol;
  }
  return answer.tcp.rst || ((answer.tcp.syn || answer.payloadLength > 0) && acknowledges(answer.tcp.acknowledged, request));
}

/** Sequence numbers wrap around (RFC 9293, 3.4). The sign of the 32-bit difference tells which number is ahead. */
function acknowledges(acknowledged: number, { tcp, payloadLength }: PacketHeaders): boolean {
  const end = (tcp?.sequence ?? 0) + payloadLength + (tcp?.syn ? 1 : 0);
  return ((acknowledged - end) | 0) >= 0;
}

/**
 * Whether the evidence proves that the client will receive nothing more. This needs two things:
 * - The last request was dropped, or every answer to it was ended on its way.
 * - Every retransmission of TCP meets the same decision. Datagrams and echo requests are not retransmitted.
 * A dropped bare ACK proves nothing: the answer to an earlier request may still come.
 *
 * @param listInstabilities lists why a retransmission of a packet may meet another decision
 * @param mayMeetProgram whether a server may be a program: after a client has connected, it may send several answers, late or unasked
 */
export function canReceiveNothingMore(
  exchanges: Exchange[],
  listInstabilities: (packet: TracedPacket, isRequest: boolean) => Doubt[],
  mayMeetProgram = false,
): boolean {
  const last = exchanges.at(-1);
  if (last === undefined || !isEnded(last) || last.requests.every(isBareAck) || (mayMeetProgram && !hasNotReachedServer(last))) {
    return false;
  }
  const { requests, answers } = last;
  const isSentAgain = requests.some(({ headers }) => headers.tcp !== null);
  const doubts = isSentAgain
    ? [...requests.flatMap((packet) => listInstabilities(packet, true)), ...answers.flatMap((packet) => listInstabilities(packet, false))]
    : [];
  return doubts.every(({ kind, isNat }) => IS_SETTLED[kind](last) || (isNat && IS_SETTLED.binding(last)));
}

function isEnded({ requests, answers }: Exchange): boolean {
  return requests.every(({ end }) => end?.verdict === 'drop') || (answers.length > 0 && answers.every(({ end }) => end !== null));
}

/** Whether no request can have reached the server: a server that is a program then does not know of the client. */
function hasNotReachedServer({ requests }: Exchange): boolean {
  return requests.every(({ end, headers: { tcp } }) => end?.verdict === 'drop' && (tcp === null || tcp.syn));
}

function isBareAck({ headers: { tcp, payloadLength } }: TracedPacket): boolean {
  return tcp !== null && !tcp.syn && payloadLength === 0;
}

/** Whether TCP can only retransmit this packet unchanged. It may split data in another way, or merge it with more data. */
function isWhole({ headers: { tcp, payloadLength } }: TracedPacket): boolean {
  return tcp === null || ((tcp.syn || tcp.rst) && payloadLength === 0);
}

/** Whether the packet passed output or postrouting of this world, and reached a later hook. */
function isConfirmed({ steps }: TracedPacket): boolean {
  const left = steps.findIndex(({ hook }) => hook === 'output' || hook === 'postrouting');
  return left !== -1 && steps.slice(left).some(({ hook }) => ARRIVED.includes(hook));
}
