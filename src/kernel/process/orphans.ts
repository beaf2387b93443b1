import { constants } from 'node:os';
import { call, callBlocking, callUnless } from '../libc.js';
import type { ChildLedger } from './children.js';

// bits/waitflags.h
const P_ALL = 0;
const WNOHANG = 1;
const WEXITED = 4;
const WNOWAIT = 0x01000000;
const SIGINFO_SIZE = 128;
const SI_PID_OFFSET = 16;

// linux/prctl.h
const PR_SET_CHILD_SUBREAPER = 36;

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
    if (ledger.mayBeOwnChild(pid)) {
      return false;
    }
    callUnless(['ECHILD'], 'waitpid', pid, null, WNOHANG);
  }
}

/** Makes the calling process the parent of its orphaned descendants (PR_SET_CHILD_SUBREAPER in prctl(2)). */
export function adoptOrphans(): void {
  call('prctl', PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
}

/** Waits, in libuv's thread pool, for the end of a child that Node.js did not start (waitpid(2)). */
export async function waitForAdopted(pid: number): Promise<{ exitCode: number | null; signal: NodeJS.Signals | null }> {
  const status = Buffer.alloc(4);
  await callBlocking('waitpid', pid, status, 0);
  const word = status.readInt32LE(0);
  const signal = word & 0x7f;
  return signal === 0 ? { exitCode: (word >> 8) & 0xff, signal: null } : { exitCode: null, signal: getSignalName(signal) };
}

function getSignalName(number: number): NodeJS.Signals | null {
  const [name] = Object.entries(constants.signals).find(([, other]) => other === number) ?? [];
  return (name as NodeJS.Signals | undefined) ?? null;
}
