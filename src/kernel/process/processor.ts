import { readdirSync, readFileSync } from 'node:fs';
import { call } from '../libc.js';

const NANOSECONDS_PER_MS = 1e6;
const CLOCK_THREAD_CPUTIME_ID = 3;

/**
 * How long the calling thread was runnable without a processor since its start, in ms. It is the second number in schedstat (the kernel's
 * Documentation/scheduler/sched-stats.rst). null where this kernel does not count it (CONFIG_SCHED_INFO).
 */
export function readProcessorWait(): number | null {
  return readWait('/proc/thread-self/schedstat');
}

/** The same for every thread of this process, by thread id. 0 where the kernel does not count it. */
export function readProcessorWaits(): Map<string, number> {
  const threads = readdirSync('/proc/self/task');
  return new Map(threads.map((thread) => [thread, readWait(`/proc/self/task/${thread}/schedstat`) ?? 0]));
}

/** The processor time of the calling thread, in ms (clock_gettime(2)). It is exact; schedstat is a tick behind. */
export function readProcessorTime(): number {
  const time = Buffer.alloc(16);
  call('clock_gettime', CLOCK_THREAD_CPUTIME_ID, time);
  return Number(time.readBigInt64LE(0)) * 1000 + Number(time.readBigInt64LE(8)) / NANOSECONDS_PER_MS;
}

function readWait(path: string): number | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return null; // the kernel has no such file, or the thread has ended
  }
  const [runMs = 0, waitMs = 0] = text.split(' ').map((nanoseconds) => Number(nanoseconds) / NANOSECONDS_PER_MS);
  // Every thread has run before it is read: a run time of 0 means that the kernel does not count.
  return runMs === 0 ? null : waitMs;
}
