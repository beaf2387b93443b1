import type { ChildLedger } from './child-ledger.js';
import { callUnless } from './libc.js';

// bits/waitflags.h
const P_ALL = 0;
const WNOHANG = 1;
const WEXITED = 4;
const WNOWAIT = 0x01000000;
const SIGINFO_SIZE = 128;
const SI_PID_OFFSET = 16;

/**
 * Reaps the zombies that this process has inherited as PID 1 (waitid(2)). Node.js waits only for the children that it started.
 * @returns false where the next zombie may be loopfw's own child: call again a little later
 */
export function reapOrphans(ledger: ChildLedger): boolean {
  const info = Buffer.alloc(SIGINFO_SIZE);
  for (;;) {
    info.writeInt32LE(0, SI_PID_OFFSET);
    // WNOWAIT keeps the status: it must be known whose child this is before the status is taken.
    if (callUnless(['ECHILD'], 'waitid', P_ALL, 0, info, WNOHANG | WEXITED | WNOWAIT) === null) {
      return true;
    }
    const pid = info.readInt32LE(SI_PID_OFFSET);
    if (pid === 0) {
      return true;
    }
    if (ledger.mayOwn(pid)) {
      return false;
    }
    callUnless(['ECHILD'], 'waitpid', pid, null, WNOHANG);
  }
}
