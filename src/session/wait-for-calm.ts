import { setTimeout as sleep } from 'node:timers/promises';
import { readUntilQuiet } from '../until-quiet.js';

const PAUSE_MS = 1;
/** Later than this, it had to wait for others: with two suites of 32 worlds each on two processors, clients saw refusals only after 100 ms. */
const CALM_MS = 5;
const MOST_LOOKS = 200;

/**
 * Waits until this thread gets a processor when it asks for one. What a scenario says of time is said of the client, and not of a machine that has
 * more to do than it can; so a client whose time counts does not start in the middle of that.
 */
export async function waitForCalm(): Promise<void> {
  const isPrompt = (asked: number, woken: number) => woken - asked < PAUSE_MS + CALM_MS;
  await readUntilQuiet(() => performance.now(), isPrompt, { pause: () => sleep(PAUSE_MS), isOver: (looks) => looks === MOST_LOOKS });
}
