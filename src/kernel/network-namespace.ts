import { openSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
import { EnvironmentError } from '../errors.js';
import { call, SystemCallError } from './libc.js';
import { pauseThread } from './wait-for-kernel.js';

// linux/sched.h
const CLONE_NEWNET = 0x40000000;

/**
 * How long a full count of namespaces is asked again: the kernel frees one up to a second and more after its last socket was closed. Who has
 * too few is told so within a second.
 */
const FREED_LIMIT_MS = 300;
const PAUSE_MS = 10;

/** Who has waited in vain does not wait again. */
let isWorthWaiting = true;

/** Moves the calling thread into a new, empty network namespace (unshare(2)). Sockets made before stay where they were made. */
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
  const raise = 'as root, in the namespace that set it or on the host, sysctl --write user.max_net_namespaces=10000';
  return new EnvironmentError(`cannot make a network namespace: user.max_net_namespaces is reached (${error.message})`, [
    // Where one world at a time is all there is, it is the main thread's.
    isMainThread ? raise : `${raise}; or fewer at once: --jobs 1`,
  ]);
}

/** A descriptor of the calling thread's network namespace, for this thread or another of this process to enter. */
export function openNetworkNamespace(): number {
  return openSync('/proc/thread-self/ns/net', 'r');
}

/** Moves the calling thread into a network namespace (setns(2)). */
export function enterNetworkNamespace(descriptor: number): void {
  call('setns', descriptor, CLONE_NEWNET);
}
