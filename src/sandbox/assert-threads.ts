import { EnvironmentError } from '../errors.js';
import { countThreads } from '../kernel/count-threads.js';
import { isUnprivilegedIdMapped } from '../kernel/is-unprivileged-id-mapped.js';
import { readLimits } from '../kernel/read-surroundings.js';
import { SHORTAGES } from '../kernel/shortage.js';

/** Threads count: loopfw has 11, setpriv and unshare one each, and the sandbox 11 and its command. With 20 its first command fails. */
const FEWEST_PROCESSES = 24;
/** nsenter, which waits for the program, and a program of one process. */
const FOR_PROGRAM = 2;
/** The threads of the sandbox in which blocking clients wait. libuv starts all of them with the first, and aborts where it cannot. */
export const BLOCKING_THREADS = 64;
/** What libuv starts with the first file that is read without waiting for it, and aborts where it cannot. */
const FOR_FILES = 4;
/** Where the limit is as high, what else the user runs is not counted: it takes as long as there are processes. */
const MANY_PROCESSES = 4096;

type Work = 'files' | 'sandbox' | 'program' | 'blocking';

const NEEDS: Record<Work, { who: string; count: (own: number) => number }> = {
  files: { who: 'this command needs', count: (own) => own + FOR_FILES },
  sandbox: { who: 'loopfw needs', count: () => FEWEST_PROCESSES },
  program: { who: 'with a program loopfw needs', count: () => FEWEST_PROCESSES + FOR_PROGRAM },
  blocking: { who: 'with blocking clients loopfw needs', count: () => FEWEST_PROCESSES + BLOCKING_THREADS },
};

/**
 * Looks at the limit of processes without starting a thread: so it must come before anything that is asynchronous. It does not bind root,
 * unless other roots' sandboxes run.
 * @throws EnvironmentError where what else the user runs leaves too few for this work
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
