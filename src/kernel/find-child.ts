import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** A process, by its numbers. They differ where /proc is an outer pid namespace's, as it is for loopfw below `loopfw exec`. */
export interface ProcessNumbers {
  /** What /proc calls it. */
  shown: number;
  /** What this process's system calls, and Node.js, call it. */
  own: number;
}

export function getOwnNumbers(): ProcessNumbers {
  return { shown: Number(readlinkSync('/proc/self')), own: process.pid };
}

/** A child of a process that `isMeant`, asked by its own number; null where there is none. @param parent what /proc calls it */
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
 * A process's parent, and its own number in each pid namespace from that of /proc inwards (NSpid in proc_pid_status(5)). null where it has
 * ended.
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
