import { setImmediate as nextTurn } from 'node:timers/promises';
import { readOpenFilesLimit } from '../kernel/read-surroundings.js';
import type { ProbeReply } from '../model/evidence.js';
import type { ProbePlan } from '../model/plan.js';
import { takeTurns } from './let-servers-accept.js';
import { runProbe, type Surroundings } from './run-probe.js';
import { waitForCalm } from './wait-for-calm.js';

/** The most probes that may wait at once. Each has file descriptors, which other worlds need too, and causes reads of the trace. */
export const MOST_UNDER_WAY = Math.max(1, Math.min(256, Math.floor((readOpenFilesLimit() ?? Infinity) / 16)));
/** The most blocking clients that may wait at once. Each has a thread, and other worlds need threads too. */
export const MOST_BLOCKING = 16;

/**
 * Starts probes one after the other, and returns their replies in order. Each probe has a turn of the event loop for itself. On lo an
 * answer, if there is one, comes in that turn. A probe that is still waiting after it does not delay the others.
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
  // With a small trace buffer, one probe can overflow it. The second turn decides and closes that probe before the next starts. Without it,
  // both would miss messages.
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
