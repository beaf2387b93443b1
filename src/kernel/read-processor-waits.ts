import { readdirSync, readFileSync } from 'node:fs';
import { call } from './libc.js';

const NANOSECONDS = 1e6;
const CLOCK_THREAD_CPUTIME_ID = 3;

/**
 * How long the calling thread has stood ready without a processor since it began, in ms: the second number of its schedstat (the kernel's
 * Documentation/scheduler/sched-stats.rst). null where this kernel does not count it (CONFIG_SCHED_INFO).
 */
export function readProcessorWait(): number | null {
  return readWait('/proc/thread-self/schedstat');
}

/** The same of every thread of this process, by its id. */
export function readProcessorWaits(): Map<string, number> {
  const threads = readdirSync('/proc/self/task');
  return new Map(threads.map((thread) => [thread, readWait(`/proc/self/task/${thread}/schedstat`) ?? 0]));
}

/** How long the calling thread has had a processor, in ms. To the moment: schedstat is a tick behind (clock_gettime(2)). */
export function readProcessorTime(): number {
  const time = Buffer.alloc(16);
  call('clock_gettime', CLOCK_THREAD_CPUTIME_ID, time);
  return Number(time.readBigInt64LE(0)) * 1000 + Number(time.readBigInt64LE(8)) / NANOSECONDS;
}

function readWait(path: string): number | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return null; // not on this kernel, or the thread has ended
  }
  const [runMs = 0, waitMs = 0] = text.split(' ').map((nanoseconds) => Number(nanoseconds) / NANOSECONDS);
  // Who reads this has run: the kernel writes zeros where it does not count.
  return runMs === 0 ? null : waitMs;
}
