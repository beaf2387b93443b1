import type { ProbeReply } from '../model/evidence.js';
import type { ProbePlan } from '../model/plan.js';
import { BURST, letServersAccept } from './let-servers-accept.js';
import { runProbe, type DecidedProbe, type Surroundings } from './run-probe.js';
import { TracePace } from './trace-pace.js';
import { waitForCalm } from './wait-for-calm.js';

/** Runs probes at the same time, and returns their replies in order. Their connections are closed after the last one is decided. */
export async function runTogether(probes: ProbePlan[], surroundings: Surroundings): Promise<ProbeReply[]> {
  if (probes.some(({ isTimed }) => isTimed)) {
    await waitForCalm();
  }
  const running: Promise<DecidedProbe>[] = [];
  const begun = new TracePace(surroundings.observer);
  for (const [place, probe] of probes.entries()) {
    if (place > 0 && place % BURST === 0) {
      await letServersAccept(probes.slice(place - BURST, place));
    }
    running.push(runProbe(probe, surroundings));
    await begun.step();
  }
  const decided = await Promise.all(running);
  const closed = new TracePace(surroundings.observer);
  for (const probe of decided) {
    probe.close();
    await closed.step();
  }
  return decided.map(({ reply }) => reply);
}
