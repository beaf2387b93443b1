import type { ProbeReply } from '../model/evidence.js';
import type { ProbePlan } from '../model/plan.js';
import { findShortage } from './find-shortage.js';
import { BURST, letServersAccept } from './let-servers-accept.js';
import { runProbe, type DecidedProbe, type Surroundings } from './run-probe.js';

/** To look for a shortage takes up to a millisecond: a few probes that go when they are decided cannot make one. */
const FEW = 16;

/** Runs probes at once, and gives their replies in order. Their connections end when the last of them is decided. */
export async function runBatch(probes: ProbePlan[], surroundings: Surroundings): Promise<ProbeReply[]> {
  const isLooked = probes.length > FEW || probes.some(({ open }) => open !== null);
  const problem = isLooked ? await findShortage(probes.length, probes.filter(({ blocking }) => blocking).length) : null;
  if (problem !== null) {
    return probes.map(() => ({ problem }));
  }
  const running: Promise<DecidedProbe>[] = [];
  for (const [place, probe] of probes.entries()) {
    if (place > 0 && place % BURST === 0) {
      await letServersAccept();
    }
    running.push(runProbe(probe, surroundings));
  }
  const decided = await Promise.all(running);
  for (const { close } of decided) {
    close();
  }
  return decided.map(({ reply }) => reply);
}
