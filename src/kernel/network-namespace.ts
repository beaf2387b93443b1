import { openSync } from 'node:fs';
import { EnvironmentError } from '../errors.js';
import { call, SystemCallError } from './libc.js';

// linux/sched.h
const CLONE_NEWNET = 0x40000000;

/** Moves the calling thread into a new, empty network namespace (unshare(2)). Sockets made before stay where they were made. */
export function enterNewNetworkNamespace(): void {
  try {
    call('unshare', CLONE_NEWNET);
  } catch (error) {
    if (error instanceof SystemCallError && error.errno === 'ENOSPC') {
      throw new EnvironmentError(`cannot make a network namespace: user.max_net_namespaces is reached (${error.message})`, [
        'as root, in the namespace that set it or on the host, sysctl --write user.max_net_namespaces=10000; or fewer at once: --jobs 1',
      ]);
    }
    if (error instanceof SystemCallError) {
      throw new EnvironmentError(`cannot make a network namespace: ${error.message}`);
    }
    throw error;
  }
}

/** A descriptor of the calling thread's network namespace, for this thread or another of this process to enter. */
export function openNetworkNamespace(): number {
  return openSync('/proc/thread-self/ns/net', 'r');
}

/** Moves the calling thread into a network namespace (setns(2)). */
export function enterNetworkNamespace(descriptor: number): void {
  call('setns', descriptor, CLONE_NEWNET);
}
