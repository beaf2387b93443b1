import { EnvironmentError, InternalError } from '../errors.js';
import type { ProbePlan } from '../model/plan.js';
import type { Outcome } from '../model/result.js';
import { startProbe } from '../probe/start-probe.js';
import { THREADS } from './allowance.js';
import { BURST, letServersAccept } from './let-servers-accept.js';
import type { Surroundings } from './run-probe.js';

/** A control has no rule in its way. What gets lost all the same is sent again after a second, by TCP and by IPv6's neighbour discovery: it counts. */
const CONTROL_LIMIT_MS = 1500;

type ControlSurroundings = Pick<Surroundings, 'ports' | 'places' | 'allowance'>;

/** Runs every probe once before the rules are there, many at once, and gives their outcomes in order. */
export async function runControls(probes: ProbePlan[], surroundings: ControlSurroundings): Promise<Outcome[]> {
  const outcomes = new Map<ProbePlan, Outcome>();
  const queues = getQueues(probes);
  for (let start = 0; start < queues.length; start += BURST) {
    const batch = queues.slice(start, start + BURST);
    if (start > 0) {
      await letServersAccept(queues.slice(start - BURST, start).flat());
    }
    // Without a rule in its way a blocking client does not wait long: more of them than threads may take turns.
    const blocking = Math.min(THREADS, batch.filter((queue) => queue.some((probe) => probe.blocking)).length);
    const used = await surroundings.allowance.use({ probes: batch.length, blocking, isKept: false }, () =>
      Promise.all(
        batch.map(async (queue) => {
          for (const probe of queue) {
            outcomes.set(probe, await runControl(probe, surroundings));
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

/** Those that share a client's port go one after the other. */
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

async function runControl(probe: ProbePlan, { ports, places }: ControlSurroundings): Promise<Outcome> {
  const port = ports.take(probe);
  const running = await places.run(probe.via, () => startProbe({ ...probe, reply: null, timeoutMs: CONTROL_LIMIT_MS }, port));
  try {
    return (await running.view).outcome;
  } finally {
    running.close();
  }
}
