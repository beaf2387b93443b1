import { SHORTAGES } from '../../kernel/process/shortage.js';
import { readLimits, readMissingCapabilities, readOpenFilesLimit, readSurroundings } from '../../kernel/process/surroundings.js';
import { countThreads, readThreadLimit } from '../../kernel/process/threads.js';
import { EnvironmentError } from '../../model/errors.js';
import { BLOCKING_THREADS } from '../../model/protocols.js';
import { findRemedies } from './remedies.js';

/**
 * Without a probe the sandbox has about 30 files open. 32 more stay free for commands and the trace (RESERVE of Allowance). The rest is for
 * the servers and clients of a small scenario.
 */
const MIN_OPEN_FILES = 96;
/** The capabilities that root needs in a user namespace with one user. Such a root has no privileges to give up. */
const NEEDED_WITHOUT_USERS = ['CAP_SYS_ADMIN', 'CAP_NET_ADMIN'];

/** The files that the sandbox has open without a world, rounded up. */
const SANDBOX_FILES = 64;
/**
 * Files for each world: a worker's thread, a small world with some servers, and two commands with their pipes. They also cover probes that
 * are not counted one by one (Allowance).
 */
const FILES_PER_WORLD = 64;

/**
 * The limit counts threads: loopfw has 11, setpriv and unshare one each, the sandbox 11, and its command one. With a limit of 20 the first
 * command of the sandbox fails.
 */
const MIN_THREADS = 24;
/** The process nsenter, which waits for the program, the program with one process, and the init of its pid namespace. */
const FOR_PROGRAM = 3;
/** The threads that libuv starts for the first asynchronous read of a file. It aborts where it cannot. */
const FOR_FILES = 4;

type Work = 'files' | 'sandbox' | 'program' | 'hold' | 'blocking';

const NEEDS: Record<Work, { who: string; count: (own: number) => number }> = {
  files: { who: 'this command needs', count: (own) => own + FOR_FILES },
  sandbox: { who: 'loopfw needs', count: () => MIN_THREADS },
  program: { who: 'with a program loopfw needs', count: () => MIN_THREADS + FOR_PROGRAM },
  // The queue of held packets is read in libuv's pool, which starts all its threads at once.
  hold: { who: 'with a fault that answers by an ICMP error loopfw needs', count: () => MIN_THREADS + FOR_PROGRAM + BLOCKING_THREADS },
  blocking: { who: 'with blocking clients loopfw needs', count: () => MIN_THREADS + BLOCKING_THREADS },
};

/** The facts about the caller that decide what is needed. */
export interface Caller {
  isRoot: boolean;
  /** Whether the caller is the real root, whose privileges are given up inside the sandbox. */
  dropPrivilege: boolean;
}

/**
 * Checks, before anything is started, the limits and capabilities that are known to be too low. Other obstacles appear only during the
 * start.
 * Two files of /proc are enough, and take less than 0.1 ms. A start that is tried fails in many ways. For example, libuv aborts without a
 * message where it gets no thread; in PID 1 that is a SIGSEGV.
 * @throws EnvironmentError that names what is too low, and the remedy
 */
export function assertStartable({ isRoot, dropPrivilege }: Caller): void {
  const { openFiles } = readLimits();
  if (openFiles !== null && openFiles < MIN_OPEN_FILES) {
    throw new EnvironmentError(`${openFiles} file descriptors (ulimit -n) are too few: loopfw needs ${MIN_OPEN_FILES} or more`, [
      SHORTAGES.EMFILE.remedy,
    ]);
  }
  assertThreads('sandbox');
  const missing = isRoot ? readMissingCapabilities('CapEff').filter((name) => dropPrivilege || NEEDED_WITHOUT_USERS.includes(name)) : [];
  if (missing.length > 0) {
    throw new EnvironmentError(
      `cannot start the sandbox: you are root, but without ${missing.join(', ')}`,
      findRemedies(readSurroundings()),
    );
  }
}

/**
 * Checks the limit of processes and threads (RLIMIT_NPROC). It starts no thread, so it must run before anything asynchronous.
 * Root is not checked: the limit does not bind root itself, and in the sandbox it counts only the sandboxes that root has started.
 * @throws EnvironmentError where the user's other processes leave too few for this work
 */
export function assertThreads(work: Work): void {
  const limit = readThreadLimit();
  if (limit === null) {
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

/** Whether the threads of the user's other processes decide what can be started. */
export function isThreadLimitNear(): boolean {
  return readThreadLimit() !== null;
}

/**
 * How many worlds one sandbox can have at once with its limit of file descriptors; at least 1.
 * All worlds share the descriptors of one process. A probe that finds no descriptor looks like a reset. Of 60 small scenarios at --jobs 32
 * and ulimit -n 100, a dozen saw one.
 */
export function countAffordableWorlds(): number {
  return Math.max(1, Math.floor(((readOpenFilesLimit() ?? Infinity) - SANDBOX_FILES) / FILES_PER_WORLD));
}

/** How many file descriptors the servers and clients of a world can have, where it is the only world. */
export function countAffordableFiles(): number {
  return Math.max(0, (readOpenFilesLimit() ?? Infinity) - SANDBOX_FILES);
}

/** The remedy that makes room for that many files. */
export function getOpenFilesRemedy(files: number): string {
  const limit = files + SANDBOX_FILES + FILES_PER_WORLD;
  return `in the shell that starts loopfw, ulimit -n ${limit}; for a container, docker run --ulimit nofile=${limit}; or make "parallel" smaller, or give the servers fewer ports`;
}
