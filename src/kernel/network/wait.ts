import { InternalError } from '../../model/errors.js';
import { pauseThread } from '../pause.js';

const LIMIT_MS = 10_000;
const PAUSE_MS = 0.2;

/**
 * Waits for work that a kernel thread does after the system call has returned. It blocks the calling thread. A thread that is in another
 * network namespace for a moment must do nothing else meanwhile.
 *
 * @param what the subject of the error message
 * @throws InternalError after ten seconds
 */
export function waitForKernel(what: string, isDone: () => boolean): void {
  const started = performance.now();
  while (!isDone()) {
    if (performance.now() - started > LIMIT_MS) {
      throw new InternalError(`${what} was not ready after ${LIMIT_MS} ms`);
    }
    pauseThread(PAUSE_MS);
  }
}
