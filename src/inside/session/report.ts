import type { Delays, ProbeReport } from '../../model/evidence.js';
import type { ProbePlan } from '../../model/plan.js';
import type { Outcome } from '../../model/result.js';
import { canReceiveNothingMore, type Exchange, getExchanges } from '../../trace/finding/conversation.js';
import { type FoundWay, makeFinding, settleEnd, settleFate, settleOutcome, settleRouting } from '../../trace/finding/finding.js';
import type { Endpoint, TracedPacket } from '../../trace/journey/packet.js';
import type { ClientView } from '../probe/running.js';
import type { Faults } from '../faults/faults.js';
import type { Router } from '../routing/router.js';
import type { PeerNamespaces } from '../world/peers.js';
import type { Observer } from './observer.js';

/** Where the evidence of a probe comes from. */
export interface EvidenceContext {
  observer: Observer;
  /** null if no packet can be lost in routing. */
  router: Router | null;
  places: PeerNamespaces;
  /** null where the world has had no fault. */
  faults: Faults | null;
}

/** The state of the evidence when a probe starts: its client, the number of its first packet, and the number of losses. */
export interface Start {
  client: Endpoint;
  since: number;
  losses: number;
}

/** A report that does not yet say what routing made of the packet on which the outcome depends. */
type DraftReport = Omit<ProbeReport, 'fate'> & Pick<FoundWay, 'way'>;

/** What the client saw when it was decided. */
interface Seen {
  /** null if it waited, and evidence proves that nothing more comes. */
  seen: ClientView | null;
  getViewAtLimit: () => ClientView;
  delays: Delays | null;
  /** The number of losses when the client was decided. */
  lossesByThen: number;
}

/** Whether the evidence so far decides that the client receives nothing more. */
export function isDecided(plan: ProbePlan, { client, since, losses }: Start, { observer, places, faults }: EvidenceContext): boolean {
  // The outside of an interface has no other way into the world.
  const listInstabilities = (packet: TracedPacket, isRequest: boolean) =>
    observer.listInstabilities(packet, places.areMany ? (isRequest && plan.use === null ? plan.via : null) : 'lo', plan.timeoutMs);
  return (
    canReceiveNothingMore(getExchanges(client, observer.getPackets(client, since)), listInstabilities, plan.mayMeetProgram) &&
    observer.losses === losses &&
    faults?.isChanging !== true
  );
}

/** Joins what the client saw with what the trace shows of its packets. */
export function makeReport(
  plan: ProbePlan,
  { client, since, losses }: Start,
  { seen, getViewAtLimit, delays, lossesByThen }: Seen,
  { observer, places, faults }: EvidenceContext,
): DraftReport {
  const isTraceLate = places.areMany;
  const own = observer.getPackets(client, since);
  const view = seen ?? { ...getViewAtLimit(), elapsedMs: null };
  const outcome = settleOutcome(view, client, own);
  const isLongStory = isExplainedByEarlierLoss(plan, outcome, getExchanges(client, own));
  const packets = isLongStory ? observer.getPackets(client, 0) : own;
  // A proof was made from a complete trace. A nonblocking client on lo sees a packet only after the trace has it. In other cases the trace
  // may come later.
  const lossesAtEnd = seen === null ? losses : isTraceLate || plan.blocking ? observer.losses : lossesByThen;
  // The neighbour discovery that decides a probe may be much older than the probe.
  const lossesAtStart = isLongStory || (isTraceLate && plan.family === 'ipv6') ? 0 : losses;
  const { icmp, ...finding } = makeFinding(outcome, client, packets, observer.source, {
    server: plan.to.address,
    beside: plan.via === null ? [] : places.listBeside(plan.from),
    discovery: observer.getDiscovery(),
  });
  const fault = plan.use === null || !('port' in client) ? null : (faults?.findEnd(client)?.plan ?? null);
  return {
    observed: { outcome, errno: view.errno, elapsedMs: view.elapsedMs, icmp, reply: view.reply },
    decided: seen === null ? 'proved' : 'observed',
    delays,
    traceLost: lossesAtEnd === lossesAtStart ? null : { messages: observer.room, isLimited: observer.isRoomLimited },
    ...(fault === null ? finding : settleEnd(finding, outcome, fault, observer.source)),
  };
}

/** Asks the kernel what routing made of the packet. The calling thread must be in the world. */
export function settle({ way, ...draft }: DraftReport, { observer, router }: EvidenceContext): ProbeReport {
  const fate = way === null || router === null ? null : router.explain(way);
  const settled =
    way === null ? {} : { ...settleRouting(draft, way, fate, observer.source), journey: settleFate(draft.journey, way.place, fate) };
  return { ...draft, ...settled, fate };
}

/**
 * Whether an earlier loss can explain the timeout, so that all packets of the client are needed. There are two cases:
 * - On a kept connection, new data waits in the client's own stack behind data that was lost, and causes no packet.
 * - A client with a fixed port sends a SYN, but the server still has a half-open connection from that port. It may not answer the SYN.
 */
function isExplainedByEarlierLoss({ use, clientPort }: ProbePlan, outcome: Outcome, exchanges: Exchange[]): boolean {
  const last = exchanges.at(-1);
  const isUnanswered = last?.answers.length === 0 && last.requests[0]?.end === null && last.strays.every(({ end }) => end === null);
  return outcome === 'timeout' && (use === null ? clientPort !== null && isUnanswered : last === undefined);
}
