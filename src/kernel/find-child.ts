import { readdirSync, readFileSync } from 'node:fs';

/** A child of a process (proc_pid_stat(5)) that `isMeant`; null where there is none. */
export function findChild(parent: number, isMeant: (pid: number) => boolean = () => true): number | null {
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (Number.isInteger(pid) && readParent(pid) === parent && isMeant(pid)) {
      return pid;
    }
  }
  return null;
}

/** null where it has ended: its name, in brackets, may hold anything. */
function readParent(pid: number): number | null {
  try {
    const [, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return Number(parent);
  } catch {
    return null;
  }
}
