import { openSync } from 'node:fs';
import { EnvironmentError } from '../../model/errors.js';
import { call, SystemCallError } from '../libc.js';
import { pauseThread } from '../pause.js';

// linux/sched.h
const CLONE_NEWNET = 0x40000000;

/**
 * How long to retry while user.max_net_namespaces is reached. The kernel frees a namespace up to a second, or longer, after its last socket
 * is closed. A user whose limit is too low gets the error within a second.
 */
const FREED_LIMIT_MS = 300;
const PAUSE_MS = 10;

/** Whether a full count is worth a retry. It is not after retries that failed, until a call succeeds. */
let isWorthWaiting = true;

/**
 * Moves the calling thread into a new, empty network namespace (unshare(2)). Earlier sockets stay in their namespace.
 * @throws EnvironmentError where the kernel refuses it
 */
export function enterNewNetworkNamespace(): void {
  for (const started = performance.now(); ;) {
    try {
      call('unshare', CLONE_NEWNET);
      isWorthWaiting = true;
      return;
    } catch (error) {
      const isFull = error instanceof SystemCallError && error.errno === 'ENOSPC';
      if (!isFull || !isWorthWaiting || performance.now() - started > FREED_LIMIT_MS) {
        isWorthWaiting = !isFull;
        throw explain(error);
      }
      pauseThread(PAUSE_MS);
    }
  }
}

function explain(error: unknown): unknown {
  if (!(error instanceof SystemCallError)) {
    return error;
  }
  if (error.errno !== 'ENOSPC') {
    return new EnvironmentError(`cannot make a network namespace: ${error.message}`);
  }
  // Loaded on demand: nothing else in the first thread needs it at the start.
  const { isMainThread } = process.getBuiltinModule('node:worker_threads');
  const raise = 'as root, in the namespace that set it or on the host, sysctl --write user.max_net_namespaces=10000';
  return new EnvironmentError(`cannot make a network namespace: user.max_net_namespaces is reached (${error.message})`, [
    // In the main thread there is only one world at a time: --jobs 1 would not help.
    isMainThread ? raise : `${raise}; or fewer at once: --jobs 1`,
  ]);
}

/** Opens the calling thread's network namespace. Any thread of this process can enter it by the descriptor. */
export function openNetworkNamespace(): number {
  return openSync('/proc/thread-self/ns/net', 'r');
}

/** Moves the calling thread into a network namespace (setns(2)). */
export function enterNetworkNamespace(descriptor: number): void {
  call('setns', descriptor, CLONE_NEWNET);
}
