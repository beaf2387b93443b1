import { setImmediate as nextTurn } from 'node:timers/promises';
import { readOpenFilesLimit } from '../../kernel/process/surroundings.js';
import type { ProbeReply } from '../../model/evidence.js';
import type { Flow, ProbePlan } from '../../model/plan.js';
import { BURST, pauseForAccepts, takeTurns, waitForCalm } from './pace/pacing.js';
import { type DecidedProbe, runProbe, type ProbeContext } from './probe.js';
import { keepReading, TracePace } from './pace/trace-pace.js';

/** The most probes that may wait at once. Each has file descriptors, which other worlds need too, and causes reads of the trace. */
const MOST_UNDER_WAY = Math.max(1, Math.min(256, Math.floor((readOpenFilesLimit() ?? Infinity) / 16)));
/** The most direct clients between two turns of the event loop, in which other clients and other worlds go on. */
const MOST_WITHOUT_TURN = 16;
/** The most blocking clients that may wait at once. Each has a thread, and other worlds need threads too. */
const MOST_BLOCKING_UNDER_WAY = 16;

const PACES = { together: runTogether, 'in turn': runInTurn } satisfies Record<Flow['pace'], unknown>;

/** Takes the reply to a probe, with the probe's place in its flow. */
export type TakeReply = (reply: ProbeReply, place: number) => void;

/** Runs the probes of a flow when there are enough resources for them. Passes each reply to `take` when it is there. */
export async function runFlow({ probes, pace }: Flow, context: ProbeContext, take: TakeReply): Promise<void> {
  const blocking = probes.filter((probe) => probe.blocking).length;
  const isInTurn = pace === 'in turn';
  const need = {
    probes: isInTurn ? Math.min(probes.length, MOST_UNDER_WAY) : probes.length,
    blocking: isInTurn ? Math.min(blocking, MOST_BLOCKING_UNDER_WAY) : blocking,
    isKept: probes.some(({ open }) => open !== null),
  };
  const used = await context.allowance.use(need, async () => {
    const stopReading = keepReading(context.observer);
    try {
      await PACES[pace](probes, context, take);
    } finally {
      stopReading();
    }
  });
  if ('problem' in used) {
    probes.forEach((_, place) => take(used, place));
  }
}

/**
 * Starts probes one after the other. Each probe has a turn of the event loop for itself. On lo an
 * answer, if there is one, comes in that turn. A probe that is still waiting after it does not delay the others.
 */
async function runInTurn(probes: ProbePlan[], context: ProbeContext, take: TakeReply): Promise<void> {
  let underWay = 0;
  let blocking = 0;
  let onEnd = () => {};
  const finish = ({ reply, close }: DecidedProbe, place: number) => {
    close();
    take(reply, place);
  };
  const wait = async (running: Promise<DecidedProbe>, probe: ProbePlan, place: number) => {
    underWay++;
    blocking += probe.blocking ? 1 : 0;
    finish(await running, place);
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
  const turns = context.observer.hasLittleRoom ? 2 : 1;
  await nextTurn();
  for (const [place, probe] of probes.entries()) {
    await waitUntil(() => underWay < MOST_UNDER_WAY && !(probe.blocking && blocking >= MOST_BLOCKING_UNDER_WAY));
    if (probe.isTimed) {
      await waitForCalm();
    }
    const running = runProbe(probe, context);
    if (running instanceof Promise) {
      void wait(running, probe, place); // it never rejects
      await takeTurns(turns);
    } else {
      finish(running, place);
      if (place % MOST_WITHOUT_TURN === 0) {
        await nextTurn();
      }
    }
  }
  await waitUntil(() => underWay === 0);
}

/** Runs probes at the same time. Their connections are closed after the last one is decided. */
async function runTogether(probes: ProbePlan[], context: ProbeContext, take: TakeReply): Promise<void> {
  if (probes.some(({ isTimed }) => isTimed)) {
    await waitForCalm();
  }
  const running: Promise<DecidedProbe>[] = [];
  const begun = new TracePace(context.observer);
  for (const [place, probe] of probes.entries()) {
    if (context.direct === null && place > 0 && place % BURST === 0) {
      await pauseForAccepts(probes.slice(place - BURST, place));
    }
    running.push(Promise.resolve(runProbe(probe, context)));
    await begun.step();
  }
  const decided = await Promise.all(running);
  const closed = new TracePace(context.observer);
  for (const probe of decided) {
    probe.close();
    await closed.step();
  }
  decided.forEach(({ reply }, place) => take(reply, place));
}
