import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** The two pids of a process. They differ where /proc belongs to an outer pid namespace, as for loopfw under `loopfw exec`. */
export interface ProcessNumbers {
  /** The pid in /proc. */
  shown: number;
  /** The pid for this process's system calls, and for Node.js. */
  own: number;
}

export function getOwnNumbers(): ProcessNumbers {
  return { shown: Number(readlinkSync('/proc/self')), own: process.pid };
}

/** Finds a child of a process whose own pid satisfies `isMeant`; null where there is none. @param parent the pid of the parent in /proc */
export function findChild(parent: number, isMeant: (pid: number) => boolean = () => true): ProcessNumbers | null {
  const depth = readStatus('self')?.numbers.length ?? 1;
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const status = readStatus(name);
    const own = status?.numbers[depth - 1];
    if (status?.parent === parent && own !== undefined && isMeant(own)) {
      return { shown: Number(name), own };
    }
  }
  return null;
}

/**
 * The pid of a process's parent, and the process's pids: one for each pid namespace, from that of /proc inwards (NSpid in
 * proc_pid_status(5)). null where the process has ended.
 */
function readStatus(name: string): { parent: number; numbers: number[] } | null {
  try {
    const status = readFileSync(`/proc/${name}/status`, 'utf8');
    const [, parent] = /^PPid:\s*(\d+)$/m.exec(status) ?? [];
    const [, numbers = name] = /^NSpid:\s*(.*)$/m.exec(status) ?? [];
    return { parent: Number(parent), numbers: numbers.split(/\s+/).map(Number) };
  } catch {
    return null;
  }
}
