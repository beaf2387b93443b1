import type { Finding } from '../../model/evidence.js';
import type { Cause, EvidenceKind, Outcome, Packet } from '../../model/result.js';
import type { PacketFate } from '../../model/kernel/routing.js';
import { FAULT_TABLE_NAME } from '../../words/nft-chain.js';
import type { TracedFault } from '../rules/traced-chains.js';
import type { Endpoint, TracedPacket } from '../journey/packet.js';
import { isAnsweredDirectly } from './bypass.js';
import { findCause } from './cause.js';
import { getExchanges } from './conversation.js';
import { findNeighbourProblem, isNeighbourUnreachable, isUnexplainedCause } from './neighbours.js';
import { makePacket } from './packet.js';
import { listRoles, type Role } from './roles.js';
import { findWay, type Way } from './way.js';

/** The server's address, the machines that the client reaches without the world, and all packets of IPv6 neighbour discovery. */
export interface Neighbourhood {
  server: string;
  beside?: string[];
  discovery: TracedPacket[];
}

/** A finding, with the packet that routing may have ended; null if routing cannot explain the outcome. */
export interface FoundWay extends Finding {
  way: (Way & { /** the place of its packet in the journey */ place: number }) | null;
}

/** No rule ended the answer: it is not in the trace. */
const ANSWERED_DIRECTLY = { cause: 'answer-eaten', rule: null, icmp: null } as const;

/** What the trace shows of one probe: the journeys of its packets, and the cause that follows from them. */
export function makeFinding(
  outcome: Outcome,
  client: Endpoint,
  own: TracedPacket[],
  source: EvidenceKind,
  { server, beside = [], discovery }: Neighbourhood = { server: client.address, discovery: [] },
): FoundWay {
  const isLost = outcome === 'timeout' || outcome === 'unreachable';
  const problem = isLost ? findNeighbourProblem([client.address, server, ...getRewritten(own)], discovery) : null;
  // The same error is what a rule sends for a packet that it rejects: then it says nothing of a neighbour.
  const isOfRule = own.some(({ end }) => end?.verdict === 'reject');
  const withoutNews = problem === null || isOfRule ? own : own.filter((packet) => !isNeighbourUnreachable(packet));
  const exchanges = getExchanges(client, withoutNews);
  const found = findCause(outcome, exchanges);
  const known = found.cause === 'silent' && isAnsweredDirectly(exchanges, beside) ? ANSWERED_DIRECTLY : found;
  const isExplained = problem !== null && isUnexplainedCause(known.cause);
  const decision = isExplained ? problem.decision : known;
  const way = !isExplained && mayBeRouting(outcome, known.cause) ? findWay(exchanges) : null;
  const packets = isExplained ? [...problem.packets, ...own].toSorted((a, b) => a.number - b.number) : own;
  const roles = listRoles(packets, { client, server, outcome });
  return {
    evidence: decision.cause === 'unexplained' ? 'none' : source,
    journey: packets.map((packet, place) => makePacket(packet, roles[place] as Role)),
    isHeld: packets.some(({ isHeld }) => isHeld),
    ...decision,
    way: way && { ...way, place: packets.indexOf(way.packet) },
  };
}

/** Whether routing may have decided, as far as the cause shows that was found without it. */
function mayBeRouting(outcome: Outcome, cause: Cause): boolean {
  const isOpen = cause === 'silent' || cause === 'unexplained';
  return outcome === 'timeout' ? isOpen : (outcome === 'unreachable' || outcome === 'denied') && (isOpen || cause === 'no-listener');
}

/**
 * Joins a finding with what routing made of the packet. A client whose send fails learns of a route that NAT in OUTPUT needed: that is its
 * own stack's refusal, and the rule that rewrote the packet has made it so.
 */
export function settleRouting(
  finding: Pick<Finding, 'cause' | 'rule' | 'evidence'>,
  { packet, stage }: Way,
  fate: PacketFate | null,
  source: EvidenceKind,
): Pick<Finding, 'cause' | 'rule' | 'evidence'> {
  if (fate?.kind !== 'ended') {
    return { cause: finding.cause, rule: finding.rule, evidence: finding.evidence };
  }
  const isRefusedSend = stage === 'output' && finding.cause === 'unexplained' && packet.headers.tcp === null;
  const isLocal = isRefusedSend && packet.translation !== null;
  return {
    evidence: source,
    cause: isLocal ? 'local' : 'not-routed',
    rule: isLocal ? (packet.translation?.rule ?? null) : null,
  };
}

/** The journey with what routing made of the packet at a place of it. */
export function settleFate(journey: Packet[], place: number, fate: PacketFate | null): Packet[] {
  return fate === null
    ? journey
    : journey.map((packet, each) => (each === place ? { ...packet, fate: fate.kind === 'ended' ? 'lost' : 'arrived' } : packet));
}

/**
 * Joins a finding about a connection with the fault that has ended it in the kernel. No packet of the client met a rule then: its next one
 * meets a stack that does not know the connection, or a RST came before.
 */
export function settleEnd(
  finding: Omit<FoundWay, 'icmp'>,
  outcome: Outcome,
  { text, chain }: TracedFault,
  source: EvidenceKind,
): Omit<FoundWay, 'icmp'> {
  const isOpen = finding.rule?.fault === undefined && ['local', 'service', 'unexplained'].includes(finding.cause);
  if (outcome !== 'reset' || !isOpen) {
    return finding;
  }
  const rule = { entry: null, table: FAULT_TABLE_NAME, chain, text: `fault ${text}`, isPolicy: false, fault: text };
  return { ...finding, cause: 'rejected', rule, evidence: source, way: null };
}

/** The addresses that NAT has put into the packets. */
function getRewritten(packets: TracedPacket[]): string[] {
  return packets.flatMap(({ rewritten }) => (rewritten === null ? [] : [rewritten.source, rewritten.destination]));
}

/**
 * Decides what EACCES means: the client's own stack refused to send, or an ICMPv6 error reported a prohibition (adm-prohibited,
 * policy-fail, reject-route). The client cannot tell these apart, but the trace can.
 */
export function settleOutcome(seen: { outcome: Outcome; errno: string | null }, client: Endpoint, packets: TracedPacket[]): Outcome {
  const wasTold = () =>
    getExchanges(client, packets).some(({ answers }) => answers.some(({ headers, end }) => headers.icmp?.kind === 'error' && end === null));
  return seen.errno === 'EACCES' && wasTold() ? 'unreachable' : seen.outcome;
}
