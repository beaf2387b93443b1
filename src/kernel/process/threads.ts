import { readdirSync, readFileSync } from 'node:fs';
import { isUnprivilegedIdMapped } from './identity.js';
import { readLimits } from './surroundings.js';

/** From this limit on, the threads of the user's other processes are not counted: with many processes the count is slow. */
const MANY_PROCESSES = 4096;

/** RLIMIT_NPROC; null where it is too high to matter, or does not bind the caller. */
export function readThreadLimit(): number | null {
  const { processes: limit } = readLimits();
  return limit === null || limit >= MANY_PROCESSES || (process.getuid?.() === 0 && isUnprivilegedIdMapped()) ? null : limit;
}

/** The number of threads of this process, and of the other processes of the same user. RLIMIT_NPROC limits their sum. */
export function countThreads(): { own: number; others: number } {
  const user = process.getuid?.();
  const own = readThreads('self')?.count ?? 1;
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(readThreads)
    .reduce((sum, threads) => sum + (threads?.user === user ? (threads?.count ?? 0) : 0), 0);
  return { own, others: Math.max(0, all - own) };
}

/** The uid of a process and its number of threads (proc_pid_status(5)); null where it has ended. */
function readThreads(name: string): { user: number; count: number } | null {
  try {
    const status = readFileSync(`/proc/${name}/status`, 'utf8');
    return { user: Number(/^Uid:\s*(\d+)/m.exec(status)?.[1]), count: Number(/^Threads:\s*(\d+)/m.exec(status)?.[1] ?? 1) };
  } catch {
    return null;
  }
}
