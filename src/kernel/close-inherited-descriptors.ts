import { closeSync, readdirSync, readFileSync } from 'node:fs';

/** fcntl.h, as /proc/PID/fdinfo has it */
const O_CLOEXEC = 0o2000000;

/**
 * Closes what this process has been given without being told: a caller's open files, which a program that it starts would have, too. All that
 * Node.js and loopfw open is closed on exec, so that what is not was there before.
 * @param last what is up to this one, it has been told of
 */
export function closeInheritedDescriptors(last: number): void {
  for (const descriptor of readdirSync('/proc/self/fd').map(Number)) {
    if (descriptor > last && (readFlags(descriptor) & O_CLOEXEC) === 0) {
      closeSync(descriptor);
    }
  }
}

/** The descriptor with which the folder was listed is gone: nothing is to be closed there. */
function readFlags(descriptor: number): number {
  try {
    const [, flags = ''] = /^flags:\s*([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, 'utf8')) ?? [];
    return Number.parseInt(flags, 8);
  } catch {
    return O_CLOEXEC;
  }
}
