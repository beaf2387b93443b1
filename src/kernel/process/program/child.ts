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
  return listChildrensNumbers(parent).find(({ own }) => isMeant(own)) ?? null;
}

/** The children of a process, their children, and so on. @param parent its pid in /proc */
export function listDescendants(parent: number): ProcessNumbers[] {
  return listChildrensNumbers(parent).flatMap((child) => [child, ...listDescendants(child.shown)]);
}

function listChildrensNumbers(parent: number): ProcessNumbers[] {
  const depth = readStatus('self')?.numbers.length ?? 1;
  return listChildren(parent)
    .map(({ shown, numbers }) => ({ shown, own: numbers[depth - 1] ?? 0 }))
    .filter(({ own }) => own > 0);
}

/** Finds the child of a process that is the init of a pid namespace; null where there is none. Both pids are those in /proc. */
export function findInit(parent: number): number | null {
  return listChildren(parent).find(({ numbers }) => numbers.at(-1) === 1)?.shown ?? null;
}

/** Whether a process is stopped (state T in proc_pid_stat(5)). @param shown its pid in /proc */
export function isStopped(shown: number): boolean {
  try {
    return /^State:\s*T/m.test(readFileSync(`/proc/${shown}/status`, 'utf8'));
  } catch {
    return false; // it has ended
  }
}

/** Whether a process runs its program: as soon as it begins to end, its arguments are gone. @param shown its pid in /proc */
export function isRunning(shown: number): boolean {
  try {
    return readFileSync(`/proc/${shown}/cmdline`, 'utf8') !== '';
  } catch {
    return false;
  }
}

interface Status {
  shown: number;
  parent: number;
  /** The process's pids: one for each pid namespace, from that of /proc inwards. */
  numbers: number[];
}

/** The children of all threads of a process. A kernel without CONFIG_PROC_CHILDREN has no list: then all of /proc is read. */
function listChildren(parent: number): Status[] {
  const listed = readListedChildren(parent) ?? readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return listed.flatMap((name) => readStatus(name) ?? []).filter((status) => status.parent === parent);
}

function readListedChildren(parent: number): string[] | null {
  try {
    return readdirSync(`/proc/${parent}/task`).flatMap((thread) =>
      readFileSync(`/proc/${parent}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean),
    );
  } catch {
    return null;
  }
}

/** NSpid and PPid in proc_pid_status(5). null where the process has ended. */
function readStatus(name: string): Status | null {
  try {
    const status = readFileSync(`/proc/${name}/status`, 'utf8');
    const [, parent] = /^PPid:\s*(\d+)$/m.exec(status) ?? [];
    const [, shown = name] = /^Pid:\s*(\d+)$/m.exec(status) ?? [];
    const [, numbers = name] = /^NSpid:\s*(.*)$/m.exec(status) ?? [];
    return { shown: Number(shown), parent: Number(parent), numbers: numbers.split(/\s+/).map(Number) };
  } catch {
    return null;
  }
}
