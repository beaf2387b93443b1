import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { ProbeReply, ProbeReport } from '../model/evidence.js';
import type { ProbePlan } from '../model/plan.js';
import { startProbe } from '../probe/start-probe.js';
import type { ClientView, RunningProbe } from '../probe/running-probe.js';
import type { Endpoint } from '../trace/journey-log.js';
import { getExchanges, isSilenced } from '../trace/conversation.js';
import { settleOutcome } from '../trace/settle-outcome.js';
import { makeFinding } from '../trace/make-finding.js';
import type { TracedPacket } from '../trace/traced-packet.js';
import type { Places } from '../world/places.js';
import type { Allowance } from './allowance.js';
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

/** A probe under way: whose packets are its own, and from which one on. */
interface StartedProbe {
  running: RunningProbe;
  client: Endpoint;
  since: number;
}

/** Runs one probe against the rules: what the client saw, and what the kernel says of its packets. Never rejects. */
export async function runProbe(plan: ProbePlan, surroundings: Surroundings): Promise<DecidedProbe> {
  const { connections, observer, places } = surroundings;
  let close = () => {};
  try {
    const held = plan.use === null ? null : connections.get(plan.use);
    const started = held === null ? await startOwn(plan, surroundings) : startOn(held, plan, observer);
    close = () => started.running.close();
    const report = await decide(plan, started, observer, places.areMany);
    const connection = started.running.getConnection?.() ?? null;
    const name = plan.open ?? plan.use;
    if (name !== null && connection !== null) {
      close = () => {};
      const isKnownGone = report.observed.outcome === 'reset' || (held?.isKnownGone ?? false);
      connections.keep(name, { connection, client: started.client, isKnownGone, seen: { observer, packets: observer.countPackets() } });
    } else if (name !== null) {
      connections.noteRefusal(name, report.observed.outcome);
    }
    return { reply: { report }, close };
  } catch (error) {
    return { reply: { problem: error instanceof Error ? error.message : String(error) }, close };
  }
}

async function startOwn(plan: ProbePlan, { ports, observer, places }: Surroundings): Promise<StartedProbe> {
  const client = { address: plan.from, port: plan.clientPort ?? ports.take(plan.from, plan.to.port) };
  const since = observer.countPackets();
  return { running: await places.run(plan.via, () => startProbe(plan, client.port)), client, since };
}

/** What has reset the connection behind everybody's back since it was last spoken on is evidence, too. */
function startOn({ connection, client, isKnownGone, seen }: HeldConnection, plan: ProbePlan, observer: Observer): StartedProbe {
  const isNews = connection.hasFailed && !isKnownGone;
  const since = isNews ? (seen.observer === observer ? seen.packets : 0) : observer.countPackets();
  return { running: connection.speak(plan), client, since };
}

async function decide(
  plan: ProbePlan,
  { running, client, since }: StartedProbe,
  observer: Observer,
  isTraceLate: boolean,
): Promise<ProbeReport> {
  const listDoubts = (packet: TracedPacket) => observer.listDoubts(packet, !isTraceLate);
  const isProved = () => isSilenced(getExchanges(client, observer.getPackets(client, since)), listDoubts) && !observer.hasLost;
  const seen = await Promise.race([running.view, ...(plan.provable ? [waitForProof(running.view, isProved)] : [])]);
  await (isTraceLate ? waitForQuiet(observer) : nextTurn());
  const own = observer.getPackets(client, since);
  const view = seen ?? { ...running.getViewAtLimit(), elapsedMs: null };
  const outcome = settleOutcome(view, client, own);
  // What waits in the client's own stack behind what was lost earlier shows nothing of itself: the lost tells why.
  const isHeldUp = plan.use !== null && outcome === 'timeout' && getExchanges(client, own).length === 0;
  const packets = isHeldUp ? observer.getPackets(client, 0) : own;
  const { icmp, ...finding } = makeFinding(outcome, client, packets, observer.source, {
    server: plan.to.address,
    discovery: observer.getDiscovery(),
  });
  return {
    observed: { outcome, errno: view.errno, elapsedMs: view.elapsedMs, icmp, reply: view.reply },
    decided: seen === null ? 'proved' : 'observed',
    traceLost: observer.hasLost,
    ...finding,
  };
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
      return Promise.race([view, sleep(GRACE_MS, null)]);
    }
    await sleep(pauseMs);
  }
  return view;
}
