import { EnvironmentError } from '../errors.js';
import { countThreads } from '../kernel/count-threads.js';
import { isUnprivilegedIdMapped } from '../kernel/is-unprivileged-id-mapped.js';
import { readLimits } from '../kernel/read-surroundings.js';
import { SHORTAGES } from '../kernel/shortage.js';

/**
 * The limit counts threads: loopfw has 11, setpriv and unshare one each, the sandbox 11, and its command one. With a limit of 20 the first
 * command of the sandbox fails.
 */
const FEWEST_PROCESSES = 24;
/** The process nsenter, which waits for the program, and the program with one process. */
const FOR_PROGRAM = 2;
/**
 * The size of libuv's thread pool in the sandbox: blocking clients wait in it. libuv starts all threads with the first, and aborts where it
 * cannot.
 */
export const BLOCKING_THREADS = 64;
/** The threads that libuv starts for the first asynchronous read of a file. It aborts where it cannot. */
const FOR_FILES = 4;
/** From this limit on, the threads of the user's other processes are not counted: with many processes the count is slow. */
const MANY_PROCESSES = 4096;

type Work = 'files' | 'sandbox' | 'program' | 'blocking';

const NEEDS: Record<Work, { who: string; count: (own: number) => number }> = {
  files: { who: 'this command needs', count: (own) => own + FOR_FILES },
  sandbox: { who: 'loopfw needs', count: () => FEWEST_PROCESSES },
  program: { who: 'with a program loopfw needs', count: () => FEWEST_PROCESSES + FOR_PROGRAM },
  blocking: { who: 'with blocking clients loopfw needs', count: () => FEWEST_PROCESSES + BLOCKING_THREADS },
};

/**
 * Checks the limit of processes and threads (RLIMIT_NPROC). It starts no thread, so it must run before anything asynchronous.
 * Root is not checked: the limit does not bind root itself, and in the sandbox it counts only the sandboxes that root has started.
 * @throws EnvironmentError where the user's other processes leave too few for this work
 */
export function assertThreads(work: Work): void {
  const { processes: limit } = readLimits();
  if (limit === null || limit >= MANY_PROCESSES || (process.getuid?.() === 0 && isUnprivilegedIdMapped())) {
    return;
  }
  const { own, others } = countThreads();
  const { who, count } = NEEDS[work];
  const needed = count(own);
  if (limit - others < needed) {
    throw new EnvironmentError(
      `${limit} processes and threads (ulimit -u) are too few: ${who} ${needed} or more, besides the ${others} that this user has otherwise`,
      [SHORTAGES.EAGAIN.remedy],
    );
  }
}
