import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ProbePlan } from '../model/plan.js';
import type { Outcome } from '../model/result.js';
import { startProbe } from '../probe/start-probe.js';
import type { Places } from '../world/places.js';
import type { PortAllocator } from './port-allocator.js';

/** A control has no rule in its way: what has not come after a second does not come. */
const CONTROL_LIMIT_MS = 1000;
/** At a time, so that a long scenario does not run out of file descriptors, which would look like a reset. */
const BATCH = 200;

/** Runs every probe once before the rules are there, many at once, and gives their outcomes in order. */
export async function runControls(probes: ProbePlan[], ports: PortAllocator, places: Places): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let start = 0; start < probes.length; start += BATCH) {
    outcomes.push(...(await Promise.all(probes.slice(start, start + BATCH).map((probe) => runControl(probe, ports, places)))));
    if (start + BATCH < probes.length) {
      await letServersAccept();
    }
  }
  return outcomes;
}

/** libuv accepts one connection a turn of the event loop: else thousands of controls would fill a listener's queue, which looks like a DROP. */
async function letServersAccept(): Promise<void> {
  for (let turn = 0; turn < BATCH; turn++) {
    await nextTurn();
  }
}

async function runControl(probe: ProbePlan, ports: PortAllocator, places: Places): Promise<Outcome> {
  const port = probe.clientPort ?? ports.take(probe.from, probe.to.port);
  const running = await places.run(probe.via, () => startProbe({ ...probe, reply: null, timeoutMs: CONTROL_LIMIT_MS }, port));
  try {
    return (await running.view).outcome;
  } finally {
    running.close();
  }
}
