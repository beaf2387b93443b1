import { readlinkSync } from 'node:fs';
import { EnvironmentError } from '../errors.js';
import { findShortage } from './shortage.js';

/** The network namespace of the calling thread, as `net:[inode]` (proc_pid_ns(5)). @throws EnvironmentError where /proc does not show it */
export function getNetworkNamespace(): string {
  try {
    return readlinkSync('/proc/thread-self/ns/net');
  } catch (error) {
    if (findShortage(error) !== null) {
      throw error;
    }
    throw new EnvironmentError(`/proc is not mounted, or does not show this process (${(error as NodeJS.ErrnoException).code})`, [
      'as root, mount -t proc proc /proc; in a chroot, mount --bind /proc CHROOT/proc before it is entered',
    ]);
  }
}
