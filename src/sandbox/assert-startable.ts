import { EnvironmentError } from '../errors.js';
import { readLimits, readMissingCapabilities, readSurroundings } from '../kernel/read-surroundings.js';
import { SHORTAGES } from '../kernel/shortage.js';
import { findRemedies } from './find-remedies.js';

/** What the sandbox has open without a probe is some 30; half as much again is kept free for commands and the trace (Allowance). */
const FEWEST_FILES = 64;
/** Threads count: loopfw has 11, setpriv and unshare one each, and the sandbox 11 and its command. With 20 its first command fails. */
const FEWEST_PROCESSES = 24;
/** The threads of the sandbox in which blocking clients wait. libuv starts all of them with the first, and aborts where it cannot. */
export const BLOCKING_THREADS = 64;
/** What a root of a user namespace with one user needs. It has nothing to give up. */
const NEEDED_WITHOUT_USERS = ['CAP_SYS_ADMIN', 'CAP_NET_ADMIN'];

/** The caller, as far as it decides what is needed. */
export interface Caller {
  isRoot: boolean;
  /** Whether it is really root, whose privileges are given up inside. The limit of processes binds it only where other roots' sandboxes run. */
  dropPrivilege: boolean;
}

/**
 * Before anything is started: what can be seen to be too little. The rest shows when it is tried.
 * @throws EnvironmentError that names it, with what helps
 */
export function assertStartable({ isRoot, dropPrivilege }: Caller): void {
  const { openFiles, processes } = readLimits();
  if (openFiles !== null && openFiles < FEWEST_FILES) {
    throw new EnvironmentError(`${openFiles} file descriptors (ulimit -n) are too few: loopfw needs ${FEWEST_FILES} or more`, [
      SHORTAGES.EMFILE.remedy,
    ]);
  }
  if (processes !== null && processes < FEWEST_PROCESSES && !dropPrivilege) {
    throw makeProcessesError(processes, 'loopfw needs', FEWEST_PROCESSES);
  }
  const missing = isRoot ? readMissingCapabilities().filter((name) => dropPrivilege || NEEDED_WITHOUT_USERS.includes(name)) : [];
  if (missing.length > 0) {
    throw new EnvironmentError(`cannot start the sandbox: this root lacks ${missing.join(', ')}`, findRemedies(readSurroundings()));
  }
}

/**
 * Before scenarios with blocking clients.
 * @throws EnvironmentError where there can be no threads for them
 */
export function assertThreadsForBlocking(): void {
  const { processes } = readLimits();
  const needed = FEWEST_PROCESSES + BLOCKING_THREADS;
  if (processes !== null && processes < needed && process.getuid?.() !== 0) {
    throw makeProcessesError(processes, 'with blocking clients loopfw needs', needed);
  }
}

function makeProcessesError(processes: number, who: string, needed: number): EnvironmentError {
  return new EnvironmentError(
    `${processes} processes and threads (ulimit -u) are too few: ${who} ${needed} or more, besides what else this user runs`,
    [SHORTAGES.EAGAIN.remedy],
  );
}
