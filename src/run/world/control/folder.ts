import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The folder's name has the pid of its maker. Another run removes the folders of those that were killed. */
const PREFIX = 'loopfw-control-';
/** The path of a unix socket has 107 bytes at most. */
const MOST_BYTES = 107;
const SOCKET = 'control';
const COMMANDS = 'commands';
const FALLBACK = '/tmp';

/** A folder that only its owner may enter (mode 0700), for the socket of a world, and for the files of a shell in it. */
export interface ControlFolder {
  path: string;
  socket: string;
  /** A folder of commands, which is not there yet. */
  commands: string;
  remove(): void;
}

/** The folders of this process. They are removed at its end, too: a world that nothing has closed ends with it. */
const own = new Set<string>();

/** @throws Error where no folder can be made */
export function makeControlFolder(): ControlFolder {
  const longest = join(tmpdir(), `${PREFIX}4194304-xxxxxx`, SOCKET);
  const parent = Buffer.byteLength(longest) > MOST_BYTES ? FALLBACK : tmpdir();
  removeLeft(parent);
  const folder = mkdtempSync(join(parent, `${PREFIX}${process.pid}-`));
  if (own.size === 0) {
    process.on('exit', removeOwn);
  }
  own.add(folder);
  return { path: folder, socket: join(folder, SOCKET), commands: join(folder, COMMANDS), remove: () => remove(folder) };
}

function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  own.delete(folder);
  if (own.size === 0) {
    process.off('exit', removeOwn);
  }
}

function removeOwn(): void {
  own.forEach(remove);
}

/** Removes the folders of processes that were killed. Those of other users cannot be removed, and stay. */
function removeLeft(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = name.startsWith(PREFIX) ? Number.parseInt(name.slice(PREFIX.length)) : NaN;
    if (pid > 0 && !isAlive(pid)) {
      try {
        rmSync(join(parent, name), { recursive: true, force: true });
      } catch {
        // It belongs to another user.
      }
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
