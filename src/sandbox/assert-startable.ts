import { EnvironmentError } from '../errors.js';
import { readLimits, readMissingCapabilities, readSurroundings } from '../kernel/read-surroundings.js';
import { SHORTAGES } from '../kernel/shortage.js';
import { assertThreads } from './assert-threads.js';
import { findRemedies } from './find-remedies.js';

/**
 * Without a probe the sandbox has about 30 files open. 32 more stay free for commands and the trace (RESERVE of Allowance). The rest is for
 * the servers and clients of a small scenario.
 */
const FEWEST_FILES = 96;
/** The capabilities that root needs in a user namespace with one user. Such a root has no privileges to give up. */
const NEEDED_WITHOUT_USERS = ['CAP_SYS_ADMIN', 'CAP_NET_ADMIN'];

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
  if (openFiles !== null && openFiles < FEWEST_FILES) {
    throw new EnvironmentError(`${openFiles} file descriptors (ulimit -n) are too few: loopfw needs ${FEWEST_FILES} or more`, [
      SHORTAGES.EMFILE.remedy,
    ]);
  }
  assertThreads('sandbox');
  const missing = isRoot ? readMissingCapabilities().filter((name) => dropPrivilege || NEEDED_WITHOUT_USERS.includes(name)) : [];
  if (missing.length > 0) {
    throw new EnvironmentError(`cannot start the sandbox: this root lacks ${missing.join(', ')}`, findRemedies(readSurroundings()));
  }
}
