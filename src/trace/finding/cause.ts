import type { DecidingRuleRef, Finding } from '../../model/evidence.js';
import type { Cause, IcmpName, Outcome } from '../../model/result.js';
import type { TracedPacket } from '../journey/packet.js';
import type { PacketHeaders } from '../packet/headers.js';
import type { Exchange } from './conversation.js';

type Decision = Pick<Finding, 'cause' | 'rule' | 'icmp'>;

const UNEXPLAINED: Decision = { cause: 'unexplained', rule: null, icmp: null };

/** Finds the cause of an outcome, the rule that decided, and the refusing answer that the client received. */
export function findCause(outcome: Outcome, exchanges: Exchange[]): Decision {
  const exchange = findDecisive(outcome, exchanges);
  if (exchange === undefined) {
    return findCauseWithoutPacket(outcome);
  }
  const [first] = exchange.requests;
  if (first === undefined) {
    return UNEXPLAINED;
  }
  const answers = exchange.answers;
  const heard = answers.filter((answer) => answer.end === null);
  if (outcome === 'connected') {
    const accept = exchange.requests.findLast((packet) => packet.accept)?.accept ?? null;
    return heard.length > 0 ? decide('service', accept) : UNEXPLAINED;
  }
  if (outcome === 'timeout') {
    return findCauseInAnswers(first, exchanges) ?? findCauseOfSilence(first, exchange, heard) ?? findCauseInEarlier(exchange, exchanges);
  }
  // A retransmission may meet other rules than the first packet. The packet that a rule ended is the one that was refused.
  return findCauseOfRefusal(outcome, exchange.requests.findLast((packet) => packet.end !== null) ?? first, heard);
}

/** The exchange that decided what the client saw: the last one, or an earlier one if its data was lost. */
function findDecisive(outcome: Outcome, exchanges: Exchange[]): Exchange | undefined {
  if (outcome === 'connected') {
    return findServed(exchanges);
  }
  const connection = getConnection(exchanges);
  const lost = connection.findIndex((exchange) => isLost(exchange.requests, connection));
  const isDecisive = outcome === 'timeout' || connection[lost]?.requests.at(-1)?.end?.verdict === 'reject';
  return lost === -1 || !isDecisive ? exchanges.at(-1) : mergeAnswers(connection.slice(lost));
}

/** The exchanges of the latest connection. */
function getConnection(exchanges: Exchange[]): Exchange[] {
  return exchanges.slice(
    Math.max(
      0,
      exchanges.findLastIndex(({ requests }) => requests[0]?.headers.tcp?.syn),
    ),
  );
}

/**
 * Gives the first exchange all answers of the later ones. A RST for one segment may arrive after the next segment was sent; getExchanges()
 * then counts it as an answer to that segment.
 */
function mergeAnswers([first, ...later]: Exchange[]): Exchange | undefined {
  return first && { ...first, answers: [first, ...later].flatMap(({ answers }) => answers) };
}

/**
 * Whether rules ended TCP data and all its retransmissions. The receiver's program cannot read later data until the gap is filled.
 * A retransmission may carry the data of two segments.
 */
function isLost(sent: TracedPacket[], exchanges: Exchange[]): boolean {
  const [data] = sent;
  const arrived = () =>
    exchanges.flatMap(({ requests, answers }) => [...requests, ...answers]).filter(({ end, headers }) => end === null && isData(headers));
  return (
    data !== undefined &&
    sent.every(({ end, headers }) => end !== null && isData(headers)) &&
    !arrived().some((other) => holds(other, data))
  );
}

function isData({ tcp, payloadLength }: PacketHeaders): boolean {
  return tcp !== null && payloadLength > 0;
}

/** Whether one segment contains all data of another. */
function holds({ headers: one }: TracedPacket, { headers: other }: TracedPacket): boolean {
  const ahead = ((other.tcp?.sequence ?? 0) - (one.tcp?.sequence ?? 0)) | 0;
  return (
    one.sourcePort === other.sourcePort && one.source === other.source && ahead >= 0 && ahead + other.payloadLength <= one.payloadLength
  );
}

/**
 * The exchange that makes the outcome `connected`: the handshake, if there is one. Otherwise (a datagram, an echo, data on an earlier
 * connection) the last exchange whose answer arrived, or the last one of all.
 */
function findServed(exchanges: Exchange[]): Exchange | undefined {
  const isHeard = ({ answers }: Exchange) => answers.some(({ end }) => end === null);
  return exchanges.find(({ requests }) => requests[0]?.headers.tcp?.syn) ?? exchanges.findLast(isHeard) ?? exchanges.at(-1);
}

/**
 * The cause when no packet left the client. Its own stack refused: because of routing, a missing address, or a connection that has ended.
 */
function findCauseWithoutPacket(outcome: Outcome): Decision {
  return outcome === 'unreachable' || outcome === 'denied' || outcome === 'reset' ? decide('local', null) : UNEXPLAINED;
}

/** The cause when the request arrived but a part of its answer was lost. The client waits for that part, even if later parts arrive. */
function findCauseInAnswers(request: TracedPacket, exchanges: Exchange[]): Decision | null {
  const connection = getConnection(exchanges);
  const answers = connection.flatMap((exchange) => exchange.answers);
  const lost = request.end === null ? answers.find((answer) => isData(answer.headers) && isLost([answer], connection)) : undefined;
  return lost?.end ? decide('answer-eaten', lost.end.rule) : null;
}

/** The cause of a timeout from this exchange alone. null if no answer came, or only strays of an earlier connection. */
function findCauseOfSilence(request: TracedPacket, { answers, strays }: Exchange, heard: TracedPacket[]): Decision | null {
  if (request.end?.verdict === 'drop') {
    return decide('dropped', request.end.rule);
  }
  const eaten = [...answers, ...strays].find((answer) => answer.end !== null);
  if (eaten?.end && heard.length === 0) {
    return decide('answer-eaten', eaten.end.rule);
  }
  if (request.end?.verdict === 'reject') {
    return decide('rejected', request.end.rule, heard.map(getRefusal).find((icmp) => icmp !== null) ?? null);
  }
  return answers.length === 0 ? null : UNEXPLAINED;
}

/**
 * The cause of a timeout from an earlier exchange. A server with a half-open connection from the same port may answer a new SYN late. It
 * sends at most two challenge ACKs a second. If a rule ended the answer to the earlier SYN, that rule is the cause.
 */
function findCauseInEarlier(exchange: Exchange, exchanges: Exchange[]): Decision {
  const earlier = exchanges.slice(0, exchanges.indexOf(exchange));
  const halfOpen = earlier.findLast(({ requests, answers }) => isAlike(requests[0], exchange.requests[0]) && answers.length > 0);
  const eaten = halfOpen?.answers.every(({ end }) => end !== null) ? halfOpen.answers[0]?.end : null;
  if (eaten) {
    return decide('answer-eaten', eaten.rule);
  }
  return exchange.strays.length === 0 && !exchange.requests.some(hasHiddenParts) ? decide('silent', null) : UNEXPLAINED;
}

/** Whether the packet came in fragments of IPv6. nft's trace shows only the first, so that a rule may have ended another. */
function hasHiddenParts({ headers: { family, fragment } }: TracedPacket): boolean {
  return family === 'ipv6' && fragment !== null;
}

function isAlike(one: TracedPacket | undefined, other: TracedPacket | undefined): boolean {
  const [a, b] = [one?.headers, other?.headers];
  return Boolean(a?.tcp?.syn && b?.tcp?.syn) && a?.destination === b?.destination && a?.destinationPort === b?.destinationPort;
}

function findCauseOfRefusal(outcome: Outcome, request: TracedPacket, heard: TracedPacket[]): Decision {
  const refusal = heard.find(({ headers: { tcp, icmp } }) => tcp?.rst || icmp?.kind === 'error');
  if (request.end?.verdict === 'reject') {
    return decide('rejected', request.end.rule, refusal ? getRefusal(refusal) : null);
  }
  if (request.end !== null) {
    // The sender learns of a drop (EPERM) only if it happens on the packet's way out. A later drop is silent.
    return outcome === 'denied' ? decide('dropped', request.end.rule) : UNEXPLAINED;
  }
  if (refusal === undefined) {
    return UNEXPLAINED;
  }
  // A RST from the stack itself has no name here: `tcp-reset` is the name of a REJECT's answer.
  return decide(outcome === 'reset' ? 'service' : 'no-listener', request.accept, refusal.headers.icmp?.name ?? null);
}

function decide(cause: Cause, rule: DecidingRuleRef | null, icmp: IcmpName | null = null): Decision {
  return { cause, rule, icmp };
}

function getRefusal({ headers: { tcp, icmp } }: TracedPacket): IcmpName | null {
  return icmp?.name ?? (tcp?.rst ? 'tcp-reset' : null);
}
