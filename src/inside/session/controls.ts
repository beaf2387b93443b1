import { EnvironmentError, InternalError } from '../../model/errors.js';
import type { ProbePlan } from '../../model/plan.js';
import type { Outcome } from '../../model/result.js';
import { startProbe } from '../probe/start.js';
import { getPlace } from '../world/peers.js';
import { listRationed } from '../routing/ration.js';
import { THREADS } from './allowance.js';
import { BURST, pauseForAccepts } from './pace/pacing.js';
import type { ProbeContext } from './probe.js';

/**
 * The time limit of a control. No rule drops its packets. If one is lost anyway, TCP or IPv6 neighbour discovery retransmits it after one
 * second, and the control still counts.
 */
const CONTROL_LIMIT_MS = 1500;

type ControlContext = Pick<ProbeContext, 'ports' | 'places' | 'allowance' | 'direct'>;

/**
 * Runs every probe once before the rules are applied, many at once. Without rules nobody asks for the users of the clients. Returns their
 * outcomes in order. A probe whose answer the kernel rations is not run: the kernel is asked for the route instead.
 * @throws EnvironmentError if there are too few file descriptors
 */
export async function runControls(probes: ProbePlan[], context: ControlContext): Promise<Outcome[]> {
  const outcomes = new Map<ProbePlan, Outcome>();
  // Their controls would spend what the kernel rations. The kernel's route tells what they would see.
  const rationed = context.places.areMany ? await context.places.run(null, () => listRationed(probes)) : new Set<ProbePlan>();
  rationed.forEach((probe) => outcomes.set(probe, 'unreachable'));
  const queues = getQueues(probes.filter((probe) => !rationed.has(probe)));
  for (let start = 0; start < queues.length; start += BURST) {
    const batch = queues.slice(start, start + BURST);
    if (start > 0 && context.direct === null) {
      await pauseForAccepts(queues.slice(start - BURST, start).flat());
    }
    // A blocking client that no rule stops does not wait long. So more of them than threads can take turns.
    const blocking = Math.min(THREADS, batch.filter((queue) => queue.some((probe) => probe.blocking)).length);
    const used = await context.allowance.use({ probes: batch.length, blocking, isKept: false }, () =>
      Promise.all(
        batch.map(async (queue) => {
          for (const probe of queue) {
            outcomes.set(probe, await runControl(probe, context));
          }
        }),
      ),
    );
    if ('problem' in used) {
      throw used.isMachine ? new EnvironmentError(used.problem) : new InternalError(used.problem);
    }
  }
  return probes.flatMap((probe) => outcomes.get(probe) ?? []);
}

/** Probes that share a client port are in one queue, and run one after the other. */
function getQueues(probes: ProbePlan[]): ProbePlan[][] {
  const shared = new Map<string, ProbePlan[]>();
  const queues: ProbePlan[][] = [];
  for (const probe of probes) {
    const key = `${probe.protocol} ${probe.from} ${probe.clientPort}`;
    const queue = probe.clientPort === null ? undefined : shared.get(key);
    if (queue === undefined) {
      queues.push([probe]);
      shared.set(key, queues.at(-1) ?? []);
    } else {
      queue.push(probe);
    }
  }
  return queues;
}

async function runControl(probe: ProbePlan, { ports, places, direct }: ControlContext): Promise<Outcome> {
  const port = ports.take(probe);
  const plan = { ...probe, reply: null, timeoutMs: CONTROL_LIMIT_MS };
  if (direct !== null && probe.protocol === 'tcp') {
    const client = direct.start(plan, port, null);
    try {
      return (client.view ?? (await direct.wait(client, () => false)) ?? client.getViewAtLimit()).outcome;
    } finally {
      client.close();
    }
  }
  const running = await places.run(getPlace(probe.via, probe.from), () => startProbe(plan, port, null));
  try {
    return (await running.view).outcome;
  } finally {
    running.close();
  }
}
