import { closeSync, openSync } from 'node:fs';
import { EnvironmentError } from '../errors.js';
import { call, SystemCallError } from './libc.js';

// linux/sched.h
const CLONE_NEWPID = 0x20000000;

/**
 * Starts a process in a pid namespace of its own (pid_namespaces(7)): it has no name for any process outside of it, so it can signal none, and
 * all that it leaves behind ends with it. Only the processes that the calling thread starts meanwhile are concerned.
 *
 * @param start must start one process before it returns, and nothing else: the thread cannot start threads meanwhile
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
