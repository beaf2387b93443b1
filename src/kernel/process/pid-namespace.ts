import { closeSync, openSync } from 'node:fs';
import { EnvironmentError } from '../../model/errors.js';
import { call, SystemCallError } from '../libc.js';

// linux/sched.h
const CLONE_NEWPID = 0x20000000;

/**
 * Starts a process in a new pid namespace (pid_namespaces(7)). Processes outside have no pid in it, so that the process can signal none of
 * them. When the process ends, the kernel kills everything that it left behind.
 * Only processes that the calling thread starts inside `start` are affected.
 *
 * @param start must start exactly one process before it returns; the thread cannot start threads meanwhile
 * @throws EnvironmentError where the kernel refuses the namespace
 */
export function startInPidNamespace<Result>(start: () => Result): Result {
  const own = openSync('/proc/thread-self/ns/pid', 'r');
  try {
    call('unshare', CLONE_NEWPID);
    try {
      return start();
    } finally {
      call('setns', own, CLONE_NEWPID);
    }
  } catch (error) {
    if (error instanceof SystemCallError && error.errno === 'ENOSPC') {
      throw new EnvironmentError(`cannot make a pid namespace for a program: user.max_pid_namespaces is reached (${error.message})`, [
        'as root, in the namespace that set it or on the host, sysctl --write user.max_pid_namespaces=10000',
      ]);
    }
    throw error instanceof SystemCallError ? new EnvironmentError(`cannot make a pid namespace for a program: ${error.message}`) : error;
  } finally {
    closeSync(own);
  }
}
