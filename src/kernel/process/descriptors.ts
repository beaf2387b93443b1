import { closeSync, readdirSync, readFileSync } from 'node:fs';
import { readOpenFilesLimit } from './surroundings.js';

/** fcntl.h, as /proc/PID/fdinfo shows it */
const O_CLOEXEC = 0o2000000;

/**
 * Closes the files that the caller has left open in this process: programs that the process starts would inherit them too. Node.js and
 * loopfw open every file with O_CLOEXEC. So a descriptor without this flag is inherited.
 * @param last descriptors up to this one were passed on purpose and stay open
 */
export function closeInheritedDescriptors(last: number): void {
  for (const descriptor of readdirSync('/proc/self/fd').map(Number)) {
    if (descriptor > last && (readFlags(descriptor) & O_CLOEXEC) === 0) {
      closeSync(descriptor);
    }
  }
}

/** The flags of a descriptor. The descriptor of readdirSync() is already closed: O_CLOEXEC stands for it, so that it is skipped. */
function readFlags(descriptor: number): number {
  try {
    const [, flags = ''] = /^flags:\s*([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, 'utf8')) ?? [];
    return Number.parseInt(flags, 8);
  } catch {
    return O_CLOEXEC;
  }
}

/**
 * How many files this process may still open (RLIMIT_NOFILE in getrlimit(2)); Infinity without a limit. Node.js raises its soft limit to
 * the hard limit.
 */
export function countFreeDescriptors(): number {
  return (readOpenFilesLimit() ?? Infinity) - readdirSync('/proc/self/fd').length;
}
