import { readdirSync, readFileSync } from 'node:fs';

/** How many threads this process has, and how many the others of the same user: what a limit of processes counts (RLIMIT_NPROC). */
export function countThreads(): { own: number; others: number } {
  const user = process.getuid?.();
  const own = readThreads('self')?.count ?? 1;
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(readThreads)
    .reduce((sum, threads) => sum + (threads?.user === user ? (threads?.count ?? 0) : 0), 0);
  return { own, others: Math.max(0, all - own) };
}

/** Whose a process is, and its threads (proc_pid_status(5)); null where it has ended. */
function readThreads(name: string): { user: number; count: number } | null {
  try {
    const status = readFileSync(`/proc/${name}/status`, 'utf8');
    return { user: Number(/^Uid:\s*(\d+)/m.exec(status)?.[1]), count: Number(/^Threads:\s*(\d+)/m.exec(status)?.[1] ?? 1) };
  } catch {
    return null;
  }
}
