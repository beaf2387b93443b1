import { closeSync, openSync } from 'node:fs';
import { call, callUnless } from '../../libc.js';
import { ignoreSignal } from './ignored-signal.js';

// asm-generic/ioctls.h
const TIOCGPGRP = 0x540f;
const TIOCSPGRP = 0x5410;
const PID_SIZE = 4;

/**
 * Notes whether this process is in the foreground of its terminal (tcgetpgrp(3)). A shell that runs below it takes the foreground, and cannot
 * give it back: it does not know the numbers of processes outside of its pid namespace.
 * @returns takes the foreground back; null where there is no terminal
 */
export function holdForeground(): (() => void) | null {
  const terminal = openTerminal();
  if (terminal === null) {
    return null;
  }
  const own = call('getpgrp');
  const wasInFront = getForeground(terminal) === own;
  return () => {
    if (wasInFront && getForeground(terminal) !== own) {
      // In the background the call would stop this process, unless SIGTTOU is ignored.
      const restore = ignoreSignal('SIGTTOU');
      const group = Buffer.alloc(PID_SIZE);
      group.writeInt32LE(own, 0);
      callUnless(['EPERM', 'ESRCH', 'EIO', 'ENOTTY'], 'ioctl', terminal, TIOCSPGRP, group);
      restore();
    }
    closeSync(terminal);
  };
}

function openTerminal(): number | null {
  try {
    return openSync('/dev/tty', 'r+');
  } catch {
    return null;
  }
}

/** The number of the process group in the foreground; null where the terminal has gone. */
function getForeground(terminal: number): number | null {
  const group = Buffer.alloc(PID_SIZE);
  return callUnless(['EIO', 'ENOTTY'], 'ioctl', terminal, TIOCGPGRP, group) === null ? null : group.readInt32LE(0);
}
