import { randomBytes } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, writeSync, type Stats } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { EnvironmentError, UsageError } from '../errors.js';
import { makeHarmless } from '../words/harmless.js';
import { followLinks } from './follow-links.js';

/** How long a fifo is waited for that nobody reads. */
const READER_LIMIT_MS = 5000;
const LOOK_AGAIN_MS = 20;
/** How long a full pipe is given to its reader. */
const FULL_MS = 2;
const NONCE_BYTES = 8;
const PRIVATE = 0o600;
/** Set-uid, set-gid and sticky are no bits of a report's, whoever owned the file before. */
const PERMISSIONS = 0o777;
/** Those of a new file, less what the umask takes. */
const NEW = 0o666;

/**
 * Writes a file whole or not at all: beside its place first, then into it. What a link names stays named by it; a pipe or a device
 * is written to and never replaced.
 */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  try {
    const target = await followLinks(file);
    const known = await stat(file).catch(() => null);
    if (known?.isFIFO()) {
      await writeToPipe(file, content, known);
    } else if (known !== null && !(known.isFile() && (await isSame(target, known)))) {
      await writeInto(file, content, known);
    } else {
      await replace(target, content, known?.mode ?? null);
    }
  } catch (error) {
    throw makeError(file, error);
  }
}

/** The same for a name of loopfw's own: in a folder where others may write, a link of that name is theirs, and it is replaced. */
export async function writeOwnWhole(file: string, content: Uint8Array): Promise<void> {
  try {
    await replace(file, content, null);
  } catch (error) {
    throw makeError(file, error);
  }
}

/** What the machine, or what this user may have of it, has run out of: as it is where standard output is that file. */
const FULL = ['ENOSPC', 'EDQUOT'];

function makeError(file: string, error: unknown): EnvironmentError | UsageError {
  const message = makeHarmless(`cannot write ${file}: ${error instanceof Error ? error.message : String(error)}`);
  return FULL.includes((error as NodeJS.ErrnoException).code ?? '')
    ? new EnvironmentError(message, ['make room there, or write the file elsewhere'])
    : new UsageError(message);
}

/** Whether a link's end is the file itself: what /dev/stdout leads to may have been deleted, and have its name no more. */
async function isSame(path: string, known: Stats): Promise<boolean> {
  const stats = await stat(path).catch(() => null);
  return stats !== null && areSame(stats, known);
}

function areSame(a: Stats, b: Stats): boolean {
  return a.dev === b.dev && a.ino === b.ino;
}

/** What was opened is what was looked at: in between, the folder's owner may have put a link there. */
function assertSame(opened: Stats, known: Stats): void {
  if (!areSame(opened, known)) {
    throw new Error('it was replaced while it was opened');
  }
}

async function writeInto(file: string, content: string | Uint8Array, known: Stats): Promise<void> {
  const handle = await open(file, constants.O_WRONLY);
  try {
    const stats = await handle.stat();
    assertSame(stats, known);
    if (stats.isFile()) {
      await handle.truncate();
    }
    await handle.writeFile(content);
  } finally {
    await handle.close();
  }
}

/** Without a reader open(2) would wait for ever; and what does not wait in open(2) does not wait in write(2). */
async function writeToPipe(file: string, content: string | Uint8Array, known: Stats): Promise<void> {
  const descriptor = await openForReader(file);
  try {
    assertSame(fstatSync(descriptor), known);
    for (let rest: Uint8Array = Buffer.from(content); rest.length > 0;) {
      const written = writeSome(descriptor, rest);
      if (written === null) {
        return; // a reader that has enough is no error
      }
      rest = rest.subarray(written);
      await sleep(written === 0 ? FULL_MS : 0);
    }
  } finally {
    closeSync(descriptor);
  }
}

/** How many bytes the pipe had room for; null: it has no reader any more. */
function writeSome(descriptor: number, bytes: Uint8Array): number | null {
  try {
    return writeSync(descriptor, bytes);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EAGAIN') {
      return 0;
    }
    if (code === 'EPIPE') {
      return null;
    }
    throw error;
  }
}

async function openForReader(file: string): Promise<number> {
  for (const deadline = performance.now() + READER_LIMIT_MS; ;) {
    try {
      return openSync(file, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch (error) {
      const isUnread = (error as NodeJS.ErrnoException).code === 'ENXIO';
      if (!isUnread) {
        throw error;
      }
      if (performance.now() > deadline) {
        throw new Error(`it is a pipe, and for ${READER_LIMIT_MS / 1000} s nobody has opened it to read`);
      }
      await sleep(LOOK_AGAIN_MS);
    }
  }
}

/** Whoever owns the folder may put a link in the place of the temporary file: after it was made, only its handle is used. */
async function replace(target: string, content: string | Uint8Array, mode: number | null): Promise<void> {
  const beside = `${target}.${randomBytes(NONCE_BYTES).toString('hex')}.tmp`;
  const handle = await open(beside, 'wx', mode === null ? NEW : PRIVATE);
  try {
    try {
      await handle.writeFile(content);
      if (mode !== null) {
        await handle.chmod(mode & PERMISSIONS);
      }
    } finally {
      await handle.close();
    }
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
