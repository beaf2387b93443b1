import { EnvironmentError } from '../errors.js';
import { readLimits, readMissingCapabilities, readSurroundings } from '../kernel/read-surroundings.js';
import { SHORTAGES } from '../kernel/shortage.js';
import { assertThreads } from './assert-threads.js';
import { findRemedies } from './find-remedies.js';

/**
 * What the sandbox has open without a probe is some 30; half as much again is kept free for commands and the trace (Allowance). The rest is
 * for a small scenario's servers and clients.
 */
const FEWEST_FILES = 96;
/** What a root of a user namespace with one user needs. It has nothing to give up. */
const NEEDED_WITHOUT_USERS = ['CAP_SYS_ADMIN', 'CAP_NET_ADMIN'];

/** The caller, as far as it decides what is needed. */
export interface Caller {
  isRoot: boolean;
  /** Whether it is really root, whose privileges are given up inside. */
  dropPrivilege: boolean;
}

/**
 * Before anything is started: what can be seen to be too little. The rest shows when it is tried. Two files of /proc say it in less than 0.1 ms.
 * A start that is tried fails in many ways: libuv aborts without a message where it gets no thread, and as PID 1 that is a SIGSEGV.
 * @throws EnvironmentError that names it, with what helps
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
