import { readlinkSync } from 'node:fs';
import { EnvironmentError, InternalError } from '../../model/errors.js';
import { findShortage } from '../process/shortage.js';

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

/** Checks that the calling thread has left the network namespace that loopfw was called in. @throws InternalError where it has not */
export function assertOutsideNetworkNamespace(callers: string): void {
  if (getNetworkNamespace() === callers) {
    throw new InternalError(`refusing to touch the network namespace that loopfw was called in (${callers})`);
  }
}
