import { closeSync, readdirSync } from 'node:fs';
import { callUnless } from '../libc.js';
import { readOpenFilesLimit } from './surroundings.js';

// fcntl.h
const F_GETFD = 1;
const FD_CLOEXEC = 1;

/**
 * Closes the files that the caller has left open in this process: programs that the process starts would inherit them too. Node.js and
 * loopfw open every file with O_CLOEXEC. So a descriptor without this flag is inherited.
 * @param last descriptors up to this one were passed on purpose and stay open
 */
export function closeInheritedDescriptors(last: number): void {
  for (const descriptor of readdirSync('/proc/self/fd').map(Number)) {
    // EBADF: the descriptor of readdirSync(), which is closed already.
    const flags = callUnless(['EBADF'], 'fcntl', descriptor, F_GETFD) ?? FD_CLOEXEC;
    if (descriptor > last && (flags & FD_CLOEXEC) === 0) {
      closeSync(descriptor);
    }
  }
}

/**
 * How many files this process may still open (RLIMIT_NOFILE in getrlimit(2)); Infinity without a limit. Node.js raises its soft limit to
 * the hard limit.
 */
export function countFreeDescriptors(): number {
  return (readOpenFilesLimit() ?? Infinity) - readdirSync('/proc/self/fd').length;
}
