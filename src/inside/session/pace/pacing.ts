import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { pauseThread } from '../../../kernel/pause.js';
import { readUntilQuiet } from '../../../kernel/process/quiet.js';
import type { ProbePlan } from '../../../model/plan.js';

/** The number of connections that are started before the servers get time to accept them. */
export const BURST = 200;

const PAUSE_MS = 1;
/** The first look at the processor. A timer takes a millisecond at least, and most threads are prompt. */
const NAP_MS = 0.2;
/**
 * The most that a timer may be late. A longer delay means that the thread waited for a processor. With two suites of 32 worlds each on two
 * processors, clients saw refusals only after 100 ms.
 */
const CALM_MS = 5;
const MOST_LOOKS = 200;

/**
 * Gives the servers time to accept connections. libuv accepts one connection of a listener in each turn of the event loop. Without the
 * pause, thousands of clients would fill the listener's queue, and that looks like a DROP.
 *
 * @param probes the probes that have started since the last call
 */
export async function pauseForAccepts(probes: ProbePlan[]): Promise<void> {
  const counts = new Map<string, number>();
  for (const { to } of probes) {
    const listener = `${to.address} ${to.port}`;
    counts.set(listener, (counts.get(listener) ?? 0) + 1);
  }
  await takeTurns(Math.max(0, ...counts.values()));
}

/** Waits for a number of turns of the event loop. */
export async function takeTurns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) {
    await nextTurn();
  }
}

/**
 * Waits until this thread gets a processor promptly. The times in a scenario are about the client, not about an overloaded machine. So a
 * client whose time is measured does not start under overload.
 */
export async function waitForCalm(): Promise<void> {
  if (isPromptAfterNap()) {
    return;
  }
  const isPrompt = (asked: number, woken: number) => woken - asked < PAUSE_MS + CALM_MS;
  await readUntilQuiet(() => performance.now(), isPrompt, { pause: () => sleep(PAUSE_MS), isOver: (looks) => looks === MOST_LOOKS });
}

/** Blocks the thread for a moment. Returns whether it got a processor promptly after that. */
function isPromptAfterNap(): boolean {
  const asked = performance.now();
  pauseThread(NAP_MS);
  return performance.now() - asked < NAP_MS + CALM_MS;
}
