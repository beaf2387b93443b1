import type { Finding } from '../../model/evidence.js';
import type { Outcome } from '../../model/result.js';
import { isFromClient } from '../finding/conversation.js';
import { makeFinding, settleEnd } from '../finding/finding.js';
import type { TracedPacket } from '../journey/packet.js';
import type { TracedFault } from '../rules/traced-chains.js';
import type { Attempt } from './attempt-list.js';

/** What became of an attempt. */
export type JudgedAttempt = Pick<Finding, 'cause' | 'rule' | 'journey'>;

/** The most packets of one attempt: a client can go on with the same flow for hours. */
const MOST_PACKETS = 32;

/** Causes that also follow where a part of the evidence is missing: the trace has shown what ended the packet, or that an answer arrived. */
const SHOWN: Finding['cause'][] = ['service', 'rejected', 'dropped', 'answer-eaten'];

/** The packets of an attempt that tell what became of it. @param packets those from and to its client */
export function listTold({ first, until }: Attempt, packets: TracedPacket[]): TracedPacket[] {
  return packets
    .filter(
      ({ number, headers: { tcp }, end }) =>
        number >= first.number && number < until && (tcp === null || tcp.syn || tcp.rst || end !== null),
    )
    .slice(0, MOST_PACKETS);
}

/**
 * Finds what became of an attempt. Nobody says what the program saw, so it follows from the packets: an answer has arrived if it has passed
 * all rules of INPUT.
 *
 * @param packets the result of listTold()
 * @param fault the fault that has ended its connection in the kernel; null if none has
 */
export function judgeAttempt({ client, server, isComplete }: Attempt, packets: TracedPacket[], fault: TracedFault | null): JudgedAttempt {
  const isRequest = ({ headers }: TracedPacket) => isFromClient(client, headers);
  const answer = packets.find(
    (packet) => !isRequest(packet) && isArrived(packet) && (packet.headers.tcp?.syn ?? packet.headers.icmp === null),
  );
  const outcome = answer === undefined ? findOutcome(packets.filter((packet) => !isRequest(packet) && isArrived(packet))) : 'connected';
  const found = makeFinding(outcome, client, packets, 'trace', { server: server.address, discovery: [] });
  const later = answer && packets.findLast((packet) => packet.number > answer.number && isDecisive(packet));
  const settled =
    later?.end != null
      ? { ...found, cause: isRequest(later) ? toCause(later.end.verdict) : ('answer-eaten' as const), rule: later.end.rule }
      : fault !== null && outcome === 'connected'
        ? settleEnd(found, 'reset', fault, 'trace')
        : found;
  const isKnown = SHOWN.includes(settled.cause) || (isComplete && !settled.isHeld && isDelivered(packets, isRequest));
  return { journey: settled.journey, ...(isKnown ? { cause: settled.cause, rule: settled.rule } : { cause: 'unexplained', rule: null }) };
}

/** What a client sees that no SYN-ACK and no datagram has reached. */
function findOutcome(heard: TracedPacket[]): Outcome {
  const refusal = heard.find(({ headers: { tcp, icmp } }) => tcp?.rst || icmp?.kind === 'error');
  return refusal === undefined
    ? 'timeout'
    : (refusal.headers.icmp?.name ?? 'port-unreachable') === 'port-unreachable'
      ? 'refused'
      : 'unreachable';
}

/** Whether a packet that ended after the handshake decided: it had data, or a fault ended it. A late RST that a rule ended decides nothing. */
function isDecisive({ end, headers }: TracedPacket): boolean {
  return end !== null && (end.rule.fault !== undefined || (headers.tcp !== null && headers.payloadLength > 0));
}

function toCause(verdict: 'drop' | 'reject'): Finding['cause'] {
  return verdict === 'reject' ? 'rejected' : 'dropped';
}

function isArrived({ end, passed }: TracedPacket): boolean {
  return end === null && passed.some(({ hook }) => hook === 'input');
}

/** Whether each packet came through all rules. A rule that no trace shows, or routing, may have ended one that did not. */
function isDelivered(packets: TracedPacket[], isRequest: (packet: TracedPacket) => boolean): boolean {
  return packets.some(isRequest) && packets.every(isArrived);
}
