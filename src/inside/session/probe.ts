import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { readUntilQuiet } from '../../kernel/process/quiet.js';
import { findShortage } from '../../kernel/process/shortage.js';
import type { ProbeReply, ProbeReport } from '../../model/evidence.js';
import type { ProbePlan } from '../../model/plan.js';
import { PROTOCOLS } from '../../model/protocols.js';
import type { Outcome } from '../../model/result.js';
import { type Exchange, getExchanges, canReceiveNothingMore } from '../../trace/finding/conversation.js';
import { makeFinding, settleOutcome } from '../../trace/finding/finding.js';
import type { Endpoint, TracedPacket } from '../../trace/journey/packet.js';
import type { ClientView, RunningProbe } from '../probe/running.js';
import { startProbe } from '../probe/start.js';
import type { PeerNamespaces } from '../world/peers.js';
import type { Allowance } from './allowance.js';
import type { HeldConnection, OpenConnections } from './connections.js';
import { DelayMeter } from './delay-meter.js';
import type { Observer } from './observer.js';
import type { PortAllocator } from './ports.js';

/**
 * How long a client still waits after the evidence has proved that no answer comes. On lo the whole exchange happens during the sender's
 * system call. So an answer arrives by the next turn of the event loop (9,000 connects under load, none later).
 */
const GRACE_MS = 5;
/** The evidence is read after one turn of the event loop, then after pauses of growing length. */
const FIRST_PAUSE_MS = 1;
const LONGEST_PAUSE_MS = 50;

/**
 * The trace is complete if no message has come for this long. Between namespaces, another processor than the sender's may process a packet.
 * A client can then see the answer of a REJECT before the trace shows the rule.
 * The number of reads is limited, because other clients may go on sending.
 */
const QUIET_MS = 1;
const MOST_LOOKS = 20;

/** The parts of a world that its probes share. */
export interface ProbeContext {
  ports: PortAllocator;
  connections: OpenConnections;
  observer: Observer;
  places: PeerNamespaces;
  allowance: Allowance;
}

/** A probe that has been decided. Its connection may still be open. */
export interface DecidedProbe {
  reply: ProbeReply;
  close(): void;
}

/** A running probe: its client, the number of its first packet, and the number of losses at its start. */
interface StartedProbe {
  running: RunningProbe;
  client: Endpoint;
  since: number;
  losses: number;
}

/** Runs one probe against the rules. The reply has what the client saw, and what the kernel reports about its packets. Never rejects. */
export async function runProbe(plan: ProbePlan, context: ProbeContext): Promise<DecidedProbe> {
  const { connections, observer, places } = context;
  let close = () => {};
  try {
    const held = plan.use === null ? null : connections.get(plan.use);
    const meter = plan.isTimed ? new DelayMeter(observer, plan.blocking, places.areMany) : null;
    const started = held === null ? await startNewClient(plan, context) : startOnConnection(held, plan, observer);
    close = () => started.running.close();
    const report = await decide(plan, { ...started, meter }, observer, places.areMany);
    const connection = started.running.getConnection?.() ?? null;
    const name = plan.open ?? plan.use;
    if (name !== null && connection !== null) {
      close = () => {};
      const isKnownGone = report.observed.outcome === 'reset' || (held?.isKnownGone ?? false);
      const seen = { observer, packets: observer.countPackets(), losses: observer.losses };
      connections.keep(name, { connection, client: started.client, isKnownGone, seen });
    } else if (name !== null) {
      connections.noteRefusal(name, report.observed.outcome);
    }
    return { reply: { report }, close };
  } catch (error) {
    const shortage = findShortage(error);
    const message = error instanceof Error ? error.message : String(error);
    const problem = shortage === null ? message : `${message}: ${shortage.cause}; remedy: ${shortage.remedy}`;
    return { reply: { problem, isMachine: shortage !== null }, close };
  }
}

async function startNewClient(plan: ProbePlan, { ports, observer, places }: ProbeContext): Promise<StartedProbe> {
  const port = ports.take(plan);
  const client = PROTOCOLS[plan.protocol].hasPort ? { address: plan.from, port } : { address: plan.from, identifier: port };
  const [since, losses] = [observer.countPackets(), observer.losses];
  return { running: await places.run(plan.via, () => startProbe(plan, port)), client, since, losses };
}

/**
 * Starts a probe on a connection that an earlier probe left open. If the connection was reset since the last probe on it, the packets since
 * then are evidence too.
 */
function startOnConnection({ connection, client, isKnownGone, seen }: HeldConnection, plan: ProbePlan, observer: Observer): StartedProbe {
  const isNews = connection.hasFailed && !isKnownGone;
  const before = seen.observer === observer ? seen : { packets: 0, losses: 0 };
  const { packets, losses } = isNews ? before : { packets: observer.countPackets(), losses: observer.losses };
  return { running: connection.speak(plan), client, since: packets, losses };
}

async function decide(
  plan: ProbePlan,
  { running, client, since, losses, meter }: StartedProbe & { meter: DelayMeter | null },
  observer: Observer,
  isTraceLate: boolean,
): Promise<ProbeReport> {
  // The outside of an interface has no other way into the world.
  const listInstabilities = (packet: TracedPacket, isRequest: boolean) =>
    observer.listInstabilities(packet, isTraceLate ? (isRequest && plan.use === null ? plan.via : null) : 'lo', plan.timeoutMs);
  const isProved = () =>
    canReceiveNothingMore(getExchanges(client, observer.getPackets(client, since)), listInstabilities, plan.mayMeetProgram) &&
    observer.losses === losses;
  const waited = await Promise.race([running.view, ...(plan.provable ? [waitForProof(running.view, isProved)] : [])]);
  const delays = meter?.stop() ?? null;
  observer.countPackets();
  const lossesByThen = observer.losses;
  await (isTraceLate ? waitForQuiet(observer) : nextTurn());
  const own = observer.getPackets(client, since);
  const seen = waited ?? getAnswered(running);
  const view = seen ?? { ...running.getViewAtLimit(), elapsedMs: null };
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
    discovery: observer.getDiscovery(),
  });
  return {
    observed: { outcome, errno: view.errno, elapsedMs: view.elapsedMs, icmp, reply: view.reply },
    decided: seen === null ? 'proved' : 'observed',
    delays,
    traceLost: lossesAtEnd === lossesAtStart ? null : { messages: observer.room, isLimited: observer.isRoomLimited },
    ...finding,
  };
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

/** What the client has received although its wait was over; null if nothing. */
function getAnswered(running: RunningProbe): ClientView | null {
  const view = running.getViewAtLimit();
  return view.outcome === 'timeout' ? null : view;
}

async function waitForQuiet(observer: Observer): Promise<void> {
  const count = () => observer.countMessages();
  await readUntilQuiet(count, (before, after) => before === after, {
    pause: () => sleep(QUIET_MS),
    isOver: (looks) => looks === MOST_LOOKS,
  });
}

/**
 * Waits until the evidence proves that the client will receive nothing, and returns null then. Returns what the client saw if it sees
 * something.
 */
async function waitForProof(view: Promise<ClientView>, isProved: () => boolean): Promise<ClientView | null> {
  let settled = false;
  const settle = () => (settled = true);
  view.then(settle, settle);
  await nextTurn();
  for (let pauseMs = FIRST_PAUSE_MS; !settled; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    await nextTurn();
    if (isProved()) {
      const seen = await Promise.race([view, sleep(GRACE_MS, null)]);
      // Packets that were on their way may have changed the evidence.
      if (seen !== null || isProved()) {
        return seen;
      }
    }
    await sleep(pauseMs);
  }
  return view;
}
