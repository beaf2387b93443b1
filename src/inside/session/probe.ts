import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { UserSockets } from '../../kernel/network/user-sockets.js';
import { readUntilQuiet } from '../../kernel/process/quiet.js';
import { findShortage } from '../../kernel/process/shortage.js';
import type { ProbeProblem, ProbeReply, ProbeReport } from '../../model/evidence.js';
import { getProblem } from '../../model/errors.js';
import type { ProbePlan } from '../../model/plan.js';
import { PROTOCOLS } from '../../model/protocols.js';
import type { DirectClient } from '../probe/direct.js';
import type { ClientView, RunningProbe } from '../probe/running.js';
import { startProbe, startWithoutConnection } from '../probe/start.js';
import { takeUserSocket } from '../probe/users.js';
import { getPlace } from '../world/peers.js';
import type { Allowance } from './allowance.js';
import type { HeldConnection, OpenConnections } from './connections.js';
import { DelayMeter } from './pace/delay-meter.js';
import type { DirectClients } from './direct.js';
import type { Observer } from './observer.js';
import type { PortAllocator } from './ports.js';
import { type EvidenceContext, isDecided, makeReport, settle, type Start } from './report.js';

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
export interface ProbeContext extends EvidenceContext {
  ports: PortAllocator;
  connections: OpenConnections;
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

interface StartedProbe extends Start {
  running: RunningProbe;
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
  const message = getProblem(error);
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
