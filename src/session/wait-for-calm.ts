import { setTimeout as sleep } from 'node:timers/promises';

const PAUSE_MS = 1;
/** With a processor of its own a thread is late by less than one millisecond; with 32 worlds on two processors by 100 and more. */
const CALM_MS = 5;
const MOST_LOOKS = 200;

/**
 * Waits until this thread gets a processor when it asks for one. What a scenario says of time is said of the client, and not of a machine that has
 * more to do than it can; so a client whose time counts does not start in the middle of that.
 */
export async function waitForCalm(): Promise<void> {
  for (let look = 0; look < MOST_LOOKS; look++) {
    const asked = performance.now();
    await sleep(PAUSE_MS);
    if (performance.now() - asked < PAUSE_MS + CALM_MS) {
      return;
    }
  }
}
