import { setImmediate as nextTurn } from 'node:timers/promises';
import { readOpenFilesLimit } from '../kernel/read-surroundings.js';
import type { ProbeReply } from '../model/evidence.js';
import type { ProbePlan } from '../model/plan.js';
import { takeTurns } from './let-servers-accept.js';
import { runProbe, type Surroundings } from './run-probe.js';
import { waitForCalm } from './wait-for-calm.js';

/** How many may wait at once: each has file descriptors, of which other worlds need some too, and is looked at now and then. */
export const MOST_UNDER_WAY = Math.max(1, Math.min(256, Math.floor((readOpenFilesLimit() ?? Infinity) / 16)));
/** Of blocking clients, each of which has a thread: other worlds need some, too. */
export const MOST_BLOCKING = 16;

/**
 * Runs probes one after the other, and gives their replies in order. Each has a turn of the event loop for itself, in which on lo an answer
 * comes that comes at all; one that still waits then keeps nobody waiting.
 */
export async function runInTurn(probes: ProbePlan[], surroundings: Surroundings): Promise<ProbeReply[]> {
  const replies: ProbeReply[] = [];
  let underWay = 0;
  let blocking = 0;
  let onEnd = () => {};
  const run = async (probe: ProbePlan, place: number) => {
    underWay++;
    blocking += probe.blocking ? 1 : 0;
    const decided = await runProbe(probe, surroundings);
    decided.close();
    replies[place] = decided.reply;
    underWay--;
    blocking -= probe.blocking ? 1 : 0;
    onEnd();
  };
  const waitUntil = async (isSo: () => boolean) => {
    while (!isSo()) {
      await new Promise<void>((resolve) => (onEnd = resolve));
    }
  };
  // Where the kernel keeps little of the trace, one that is too much for it is decided and closed before another begins: else both would miss theirs.
  const turns = surroundings.observer.hasLittleRoom ? 2 : 1;
  await nextTurn();
  for (const [place, probe] of probes.entries()) {
    await waitUntil(() => underWay < MOST_UNDER_WAY && !(probe.blocking && blocking >= MOST_BLOCKING));
    if (probe.isTimed) {
      await waitForCalm();
    }
    void run(probe, place); // runProbe never rejects
    await takeTurns(turns);
  }
  await waitUntil(() => underWay === 0);
  return replies;
}
