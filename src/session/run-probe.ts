import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { findShortage } from '../kernel/shortage.js';
import type { ProbeReply, ProbeReport } from '../model/evidence.js';
import type { ProbePlan } from '../model/plan.js';
import { PROTOCOLS } from '../model/protocols.js';
import type { Outcome } from '../model/result.js';
import { startProbe } from '../probe/start-probe.js';
import type { ClientView, RunningProbe } from '../probe/running-probe.js';
import type { Endpoint } from '../trace/journey-log.js';
import { getExchanges, isSilenced, type Exchange } from '../trace/conversation.js';
import { settleOutcome } from '../trace/settle-outcome.js';
import { makeFinding } from '../trace/make-finding.js';
import type { TracedPacket } from '../trace/traced-packet.js';
import type { Places } from '../world/places.js';
import type { Allowance } from './allowance.js';
import { DelayMeter } from './delay-meter.js';
import type { Observer } from './observer.js';
import type { HeldConnection, OpenConnections } from './open-connections.js';
import type { PortAllocator } from './port-allocator.js';

/**
 * How long a client that the evidence calls silenced is still listened to. On lo everything happens while the sender is in its system
 * call, so an answer that exists has come by the next turn of the event loop (9,000 connects under load, none late).
 */
const GRACE_MS = 5;
/** The evidence is looked at after one turn of the event loop, then at growing distances. */
const FIRST_PAUSE_MS = 1;
const LONGEST_PAUSE_MS = 50;

/** What a world has for its probes. */
export interface Surroundings {
  ports: PortAllocator;
  connections: OpenConnections;
  observer: Observer;
  places: Places;
  allowance: Allowance;
}

/**
 * Between namespaces a packet may be processed on another processor than its sender's: a client can see a REJECT's answer before the rule
 * itself is in the trace. It is complete when nothing has come for this long; the looks have an end where others go on sending.
 */
const QUIET_MS = 1;
const MOST_LOOKS = 20;

/** A probe that has been decided, and may still have a connection. */
export interface DecidedProbe {
  reply: ProbeReply;
  close(): void;
}

/** A probe under way: whose packets are its own, from which one on, and how often trace messages had been lost by then. */
interface StartedProbe {
  running: RunningProbe;
  client: Endpoint;
  since: number;
  losses: number;
}

/** Runs one probe against the rules: what the client saw, and what the kernel says of its packets. Never rejects. */
export async function runProbe(plan: ProbePlan, surroundings: Surroundings): Promise<DecidedProbe> {
  const { connections, observer, places } = surroundings;
  let close = () => {};
  try {
    const held = plan.use === null ? null : connections.get(plan.use);
    const meter = plan.isTimed ? new DelayMeter(observer, plan.blocking, places.areMany) : null;
    const started = held === null ? await startOwn(plan, surroundings) : startOn(held, plan, observer);
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

async function startOwn(plan: ProbePlan, { ports, observer, places }: Surroundings): Promise<StartedProbe> {
  const port = ports.take(plan);
  const client = PROTOCOLS[plan.protocol].hasPort ? { address: plan.from, port } : { address: plan.from, identifier: port };
  const [since, losses] = [observer.countPackets(), observer.losses];
  return { running: await places.run(plan.via, () => startProbe(plan, port)), client, since, losses };
}

/** What has reset the connection behind everybody's back since it was last spoken on is evidence, too. */
function startOn({ connection, client, isKnownGone, seen }: HeldConnection, plan: ProbePlan, observer: Observer): StartedProbe {
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
  const listDoubts = (packet: TracedPacket) => observer.listDoubts(packet, !isTraceLate);
  const isProved = () =>
    isSilenced(getExchanges(client, observer.getPackets(client, since)), listDoubts, plan.mayMeetProgram) && observer.losses === losses;
  const waited = await Promise.race([running.view, ...(plan.provable ? [waitForProof(running.view, isProved)] : [])]);
  const delays = meter?.stop() ?? null;
  observer.countPackets();
  const lossesByThen = observer.losses;
  await (isTraceLate ? waitForQuiet(observer) : nextTurn());
  const own = observer.getPackets(client, since);
  const seen = waited ?? getAnswered(running);
  const view = seen ?? { ...running.getViewAtLimit(), elapsedMs: null };
  const outcome = settleOutcome(view, client, own);
  const isLongStory = isHeldUp(plan, outcome, getExchanges(client, own));
  const packets = isLongStory ? observer.getPackets(client, 0) : own;
  // What is proved was proved by all of the trace. What a client on lo has seen is in the trace when it sees it; elsewhere the trace may come later.
  const lossesAtEnd = seen === null ? losses : isTraceLate || plan.blocking ? observer.losses : lossesByThen;
  // What is known of neighbours may have been asked and answered long before.
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
 * Whether what was lost earlier tells why: of what waits behind it in the client's own stack nothing shows, and a server that holds a half-open
 * connection from the same port may not answer a new SYN.
 */
function isHeldUp({ use, clientPort }: ProbePlan, outcome: Outcome, exchanges: Exchange[]): boolean {
  const last = exchanges.at(-1);
  const isUnanswered = last?.answers.length === 0 && last.requests[0]?.end === null && last.strays.every(({ end }) => end === null);
  return outcome === 'timeout' && (use === null ? clientPort !== null && isUnanswered : last === undefined);
}

/** What a client has been told all the same, after everything was said to be over. */
function getAnswered(running: RunningProbe): ClientView | null {
  const view = running.getViewAtLimit();
  return view.outcome === 'timeout' ? null : view;
}

async function waitForQuiet(observer: Observer): Promise<void> {
  for (let look = 0; look < MOST_LOOKS; look++) {
    const messages = observer.countMessages();
    await sleep(QUIET_MS);
    if (observer.countMessages() === messages) {
      return;
    }
  }
}

/** Waits until it is proved that the client will see nothing: gives null then, or what the client saw all the same. */
async function waitForProof(view: Promise<ClientView>, isProved: () => boolean): Promise<ClientView | null> {
  let settled = false;
  const settle = () => (settled = true);
  view.then(settle, settle);
  await nextTurn();
  for (let pauseMs = FIRST_PAUSE_MS; !settled; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    await nextTurn();
    if (isProved()) {
      const seen = await Promise.race([view, sleep(GRACE_MS, null)]);
      // What was on its way by then may have brought something new.
      if (seen !== null || isProved()) {
        return seen;
      }
    }
    await sleep(pauseMs);
  }
  return view;
}
