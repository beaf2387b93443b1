import { constants } from 'node:os';
import { call, callBlocking } from './libc.js';

// linux/prctl.h
const PR_SET_CHILD_SUBREAPER = 36;

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
