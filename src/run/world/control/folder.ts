import { lstatSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * The folder's name has the pid of its maker, and the pid namespace in which it has this pid: a program under loopfw exec and a container
 * may share /tmp, and not the pids. Another run removes the folders of those that were killed.
 */
const PREFIX = 'loopfw-world-';
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
  const prefix = `${PREFIX}${readPidNamespace() ?? 'unknown'}-`;
  const usual = resolve(tmpdir()); // the program may go to another folder
  const longest = join(usual, `${prefix}4194304-xxxxxx`, SOCKET);
  const parent = Buffer.byteLength(longest) > MOST_BYTES ? FALLBACK : usual;
  removeLeft(parent);
  const folder = mkdtempSync(join(parent, `${prefix}${process.pid}-`));
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

/**
 * Removes the folders of processes of this user and this pid namespace that were killed. What cannot be read or removed stays.
 * Root removes nothing of another user: everybody can give such a name to a folder of /tmp.
 */
function removeLeft(parent: string): void {
  const namespace = readPidNamespace();
  const form = new RegExp(`^${PREFIX}${namespace}-([1-9][0-9]{0,6})-[^-]{6}$`);
  for (const name of namespace === null ? [] : listNames(parent)) {
    const [, pid] = form.exec(name) ?? [];
    if (pid !== undefined && !isAlive(Number(pid)) && isOwn(join(parent, name))) {
      try {
        rmSync(join(parent, name), { recursive: true, force: true });
      } catch {
        // Another run removes it at this moment, or it cannot be removed.
      }
    }
  }
}

/** What cannot be listed may still be a folder to write to. */
function listNames(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** The number of the pid namespace (namespaces(7)); null without /proc. */
function readPidNamespace(): string | null {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? null;
  } catch {
    return null;
  }
}

function isOwn(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found?.isDirectory() === true && found.uid === process.geteuid?.();
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
