import { setTimeout as sleep } from 'node:timers/promises';
import { readUntilQuiet } from '../until-quiet.js';

const PAUSE_MS = 1;
/**
 * The most that a timer may be late. A longer delay means that the thread waited for a processor. With two suites of 32 worlds each on two
 * processors, clients saw refusals only after 100 ms.
 */
const CALM_MS = 5;
const MOST_LOOKS = 200;

/**
 * Waits until this thread gets a processor promptly. The times in a scenario are about the client, not about an overloaded machine. So a
 * client whose time is measured does not start under overload.
 */
export async function waitForCalm(): Promise<void> {
  const isPrompt = (asked: number, woken: number) => woken - asked < PAUSE_MS + CALM_MS;
  await readUntilQuiet(() => performance.now(), isPrompt, { pause: () => sleep(PAUSE_MS), isOver: (looks) => looks === MOST_LOOKS });
}
