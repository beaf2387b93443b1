import type { ProbeReply } from '../../model/evidence.js';
import type { ProbePlan } from '../../model/plan.js';
import { addSource, chooseSources } from '../probe/sources.js';
import { runFlow } from './flow.js';
import type { ProbeContext } from './probe.js';

/** A program of the world takes its client ports from the same range. */
const TAKEN = 'EADDRINUSE';
const MOST_TRIES = 8;

/** Runs one probe in a world that has programs of its own. */
export async function askProbe(plan: ProbePlan, context: ProbeContext): Promise<ProbeReply> {
  const { probes, sources } = await chooseSources([plan], (work) => context.places.run(null, work));
  context.ports.reserve(probes);
  let reply = await askOnce(probes, context);
  for (let tries = 1; isTaken(reply) && plan.clientPort === null && tries < MOST_TRIES; tries++) {
    reply = await askOnce(probes, context);
  }
  return addSource(reply, sources.get(plan.index));
}

async function askOnce(probes: ProbePlan[], context: ProbeContext): Promise<ProbeReply> {
  let reply: ProbeReply = { problem: 'the probe gave no reply', isMachine: false };
  await runFlow({ probes, pace: 'together' }, context, (given) => (reply = given));
  return reply;
}

function isTaken(reply: ProbeReply): boolean {
  return 'problem' in reply ? reply.problem.includes(TAKEN) : reply.report.observed.errno === TAKEN;
}
