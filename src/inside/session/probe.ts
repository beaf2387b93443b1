import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { UserSockets } from '../../kernel/network/user-sockets.js';
import { readUntilQuiet } from '../../kernel/process/quiet.js';
import { findShortage } from '../../kernel/process/shortage.js';
import type { Delays, ProbeProblem, ProbeReply, ProbeReport } from '../../model/evidence.js';
import type { ProbePlan } from '../../model/plan.js';
import { PROTOCOLS } from '../../model/protocols.js';
import type { Outcome } from '../../model/result.js';
import { type Exchange, getExchanges, canReceiveNothingMore } from '../../trace/finding/conversation.js';
import { type FoundWay, makeFinding, settleOutcome, settleRouting } from '../../trace/finding/finding.js';
import type { Endpoint, TracedPacket } from '../../trace/journey/packet.js';
import type { DirectClient } from '../probe/direct.js';
import type { ClientView, RunningProbe } from '../probe/running.js';
import { startProbe, startWithoutConnection } from '../probe/start.js';
import { takeUserSocket } from '../probe/users.js';
import { getPlace, type PeerNamespaces } from '../world/peers.js';
import type { Router } from '../routing/router.js';
import type { Allowance } from './allowance.js';
import type { HeldConnection, OpenConnections } from './connections.js';
import { DelayMeter } from './delay-meter.js';
import type { DirectClients } from './direct.js';
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
  /** null if no packet can be lost in routing. */
  router: Router | null;
  places: PeerNamespaces;
  allowance: Allowance;
  /** Runs the TCP clients; null if they run in the event loop. */
  direct: DirectClients | null;
  /** Makes the sockets of clients with a user of their own; null if there are none. */
  userSockets: UserSockets | null;
}

/** A probe that has been decided. Its connection may still be open. */
export interface DecidedProbe {
  reply: ProbeReply;
  close: () => void;
}

/** The state of the evidence when a probe starts: its client, the number of its first packet, and the number of losses. */
interface Start {
  client: Endpoint;
  since: number;
  losses: number;
}

interface StartedProbe extends Start {
  running: RunningProbe;
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

/** Starts a probe against the rules. A direct client is mostly decided at once; the result is then no promise. */
export function runProbe(plan: ProbePlan, context: ProbeContext): DecidedProbe | Promise<DecidedProbe> {
  const { direct } = context;
  return direct !== null && plan.protocol === 'tcp' ? runDirectProbe(plan, context, direct) : runInEventLoop(plan, context);
}

/** Runs a probe of a direct client. The evidence is read at once, before the client's socket is closed. Neither throws nor rejects. */
function runDirectProbe(plan: ProbePlan, context: ProbeContext, direct: DirectClients): DecidedProbe | Promise<DecidedProbe> {
  const { ports, observer, userSockets } = context;
  let running: DirectClient | null = null;
  const close = () => running?.close();
  const fail = (error: unknown) => ({ reply: toProblem(error), close });
  try {
    const meter = plan.isTimed ? new DelayMeter(observer, false, false) : null;
    const start = noteStart(plan, ports.take(plan), observer);
    const client = direct.start(plan, start.port, takeUserSocket(plan, userSockets));
    running = client;
    const decide = (seen: ClientView | null): DecidedProbe => {
      const delays = meter?.stop() ?? null;
      observer.countPackets();
      const report = makeReport(
        plan,
        start,
        { seen, getViewAtLimit: () => client.getViewAtLimit(), delays, lossesByThen: observer.losses },
        context,
      );
      // The thread is in the world: there are direct clients only where it has no interfaces.
      return { reply: { report: settle(report, context) }, close };
    };
    return client.view === null
      ? direct
          .wait(client, makeGracedProof(plan, start, context))
          .then(decide)
          .catch(fail)
      : decide(client.view);
  } catch (error) {
    return fail(error);
  }
}

/** A proof that must be true for GRACE_MS. The first time counts from now. */
function makeGracedProof(plan: ProbePlan, start: Start, context: ProbeContext): () => boolean {
  let since: number | null = null;
  const isProved = () => {
    since = plan.provable && isDecided(plan, start, context) ? (since ?? performance.now()) : null;
    return since !== null && performance.now() - since >= GRACE_MS;
  };
  isProved();
  return isProved;
}

/** Runs one probe of the event loop. The reply has what the client saw, and what the kernel reports about its packets. Never rejects. */
async function runInEventLoop(plan: ProbePlan, context: ProbeContext): Promise<DecidedProbe> {
  const { connections, observer, places } = context;
  let close = () => {};
  try {
    const held = plan.use === null ? null : connections.get(plan.use);
    const meter = plan.isTimed ? new DelayMeter(observer, plan.blocking, places.areMany) : null;
    const started = await startClient(plan, held, context);
    close = () => started.running.close();
    const report = await decide(plan, { ...started, meter }, context);
    const connection = started.running.getConnection?.() ?? null;
    const name = plan.open ?? plan.use;
    if (name !== null && connection !== null) {
      close = () => {};
      const isKnownGone = report.observed.outcome === 'reset' || (held?.isKnownGone ?? false);
      const seen = { observer, packets: observer.countPackets(), losses: observer.losses };
      connections.keep(name, { connection, client: started.client, isKnownGone, seen });
    } else if (name !== null) {
      connections.noteRefusal(name);
    }
    return { reply: { report }, close };
  } catch (error) {
    return { reply: toProblem(error), close };
  }
}

function toProblem(error: unknown): ProbeProblem {
  const shortage = findShortage(error);
  const message = error instanceof Error ? error.message : String(error);
  const problem = shortage === null ? message : `${message}: ${shortage.cause}; remedy: ${shortage.remedy}`;
  return { problem, isMachine: shortage !== null };
}

async function startClient(plan: ProbePlan, held: HeldConnection | null, context: ProbeContext): Promise<StartedProbe> {
  const { observer } = context;
  if (held !== null) {
    return startOnConnection(held, plan, observer);
  }
  return plan.use === null ? startNewClient(plan, context) : { running: startWithoutConnection(), ...noteStart(plan, 0, observer) };
}

async function startNewClient(plan: ProbePlan, { ports, observer, places, userSockets }: ProbeContext): Promise<StartedProbe> {
  const { port, ...start } = noteStart(plan, ports.take(plan), observer);
  const running = await places.run(getPlace(plan.via, plan.from), () => startProbe(plan, port, takeUserSocket(plan, userSockets)));
  return { running, ...start };
}

/** @param port the client port, or the identifier of an echo request */
function noteStart(plan: ProbePlan, port: number, observer: Observer): Start & { port: number } {
  const client = PROTOCOLS[plan.protocol].hasPort ? { address: plan.from, port } : { address: plan.from, identifier: port };
  return { client, since: observer.countPackets(), losses: observer.losses, port };
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
  { running, meter, ...start }: StartedProbe & { meter: DelayMeter | null },
  context: ProbeContext,
): Promise<ProbeReport> {
  const { observer, places } = context;
  const isProved = () => isDecided(plan, start, context);
  const waited = await Promise.race([running.view, ...(plan.provable ? [waitForProof(running.view, isProved)] : [])]);
  const delays = meter?.stop() ?? null;
  observer.countPackets();
  const lossesByThen = observer.losses;
  await (places.areMany ? waitForQuiet(observer) : nextTurn());
  const seen = waited ?? getAnswered(running);
  const draft = makeReport(plan, start, { seen, getViewAtLimit: () => running.getViewAtLimit(), delays, lossesByThen }, context);
  return draft.way === null ? settle(draft, context) : places.run(null, () => settle(draft, context));
}

/** Whether the evidence so far decides that the client receives nothing more. */
function isDecided(plan: ProbePlan, { client, since, losses }: Start, { observer, places }: ProbeContext): boolean {
  // The outside of an interface has no other way into the world.
  const listInstabilities = (packet: TracedPacket, isRequest: boolean) =>
    observer.listInstabilities(packet, places.areMany ? (isRequest && plan.use === null ? plan.via : null) : 'lo', plan.timeoutMs);
  return (
    canReceiveNothingMore(getExchanges(client, observer.getPackets(client, since)), listInstabilities, plan.mayMeetProgram) &&
    observer.losses === losses
  );
}

/** Joins what the client saw with what the trace shows of its packets. */
function makeReport(
  plan: ProbePlan,
  { client, since, losses }: Start,
  { seen, getViewAtLimit, delays, lossesByThen }: Seen,
  { observer, places }: ProbeContext,
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
  return {
    observed: { outcome, errno: view.errno, elapsedMs: view.elapsedMs, icmp, reply: view.reply },
    decided: seen === null ? 'proved' : 'observed',
    delays,
    traceLost: lossesAtEnd === lossesAtStart ? null : { messages: observer.room, isLimited: observer.isRoomLimited },
    ...finding,
  };
}

/** Asks the kernel what routing made of the packet. The calling thread must be in the world. */
function settle({ way, ...draft }: DraftReport, { observer, router }: ProbeContext): ProbeReport {
  const fate = way === null || router === null ? null : router.explain(way);
  return { ...draft, ...(way === null ? {} : settleRouting(draft, way, fate, observer.source)), fate };
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
