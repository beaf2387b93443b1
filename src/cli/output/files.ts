import { randomBytes } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, type Stats, writeSync } from 'node:fs';
import { type FileHandle, lstat, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EnvironmentError, UsageError } from '../../model/errors.js';
import { makeHarmless } from '../../words/harmless.js';
import { followLinks } from './links.js';

/** How long to wait for a reader of a fifo. */
const READER_LIMIT_MS = 5000;
const LOOK_AGAIN_MS = 20;
/** The pause after which a full pipe is written again. */
const PIPE_RETRY_MS = 2;
const NONCE_BYTES = 8;
const PRIVATE_FILE_MODE = 0o600;
/**
 * The permissions that a new report keeps of the file that it replaces. Set-uid, set-gid and sticky are dropped, regardless of its owner.
 */
const PERMISSIONS = 0o777;
/** The permissions of a new file, from which the kernel takes the umask. */
const NEW_FILE_MODE = 0o666;
/** The errnos of a full disk and a full quota. The environment is then at fault, as for standard output to such a file. */
const FULL_ERRNOS = ['ENOSPC', 'EDQUOT'];

/** The content of a file: bytes, or a text in parts. */
type Content = Uint8Array | Iterable<string>;

/**
 * Writes a file whole or not at all: first into a temporary file beside it, which then takes its place. A symbolic link stays; its target
 * is replaced. A pipe or a device is written to, and never replaced.
 * @throws UsageError where the file cannot be written · EnvironmentError where the disk or the quota is full
 */
export async function writeWhole(file: string, content: Content): Promise<void> {
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

/**
 * The same for a file that loopfw names itself. In a folder where others may write, a link of that name is from another user: it is
 * replaced.
 */
export async function writeOwnWhole(file: string, content: Content): Promise<void> {
  try {
    await replace(file, content, null);
  } catch (error) {
    throw makeError(file, error);
  }
}

/**
 * Replaces a file of the user whole or not at all, and keeps its permissions and its owner, also if root writes it. It follows no link of
 * that name, and replaces no other file than the one that was read.
 */
export async function rewriteWhole(file: string, text: string, known: Stats): Promise<void> {
  try {
    const target = join(await followLinks(dirname(file)), basename(file));
    assertSame(await lstat(target), known);
    await replace(target, [text], known.mode, known);
  } catch (error) {
    throw makeError(file, error);
  }
}

function makeError(file: string, error: unknown): EnvironmentError | UsageError {
  const message = makeHarmless(`cannot write ${file}: ${error instanceof Error ? error.message : String(error)}`);
  return FULL_ERRNOS.includes((error as NodeJS.ErrnoException).code ?? '')
    ? new EnvironmentError(message, ['make room there, or write the file elsewhere'])
    : new UsageError(message);
}

/** Whether a path names a known file. The file behind /dev/stdout may have been deleted, so that its name no longer exists. */
async function isSame(path: string, known: Stats): Promise<boolean> {
  const stats = await stat(path).catch(() => null);
  return stats !== null && areSame(stats, known);
}

function areSame(a: Stats, b: Stats): boolean {
  return a.dev === b.dev && a.ino === b.ino;
}

/** Checks that the file is the one that was examined: in between, the folder's owner may have put a link there, or a user saved it. */
function assertSame(opened: Stats, known: Stats): void {
  if (!areSame(opened, known)) {
    throw new Error('it was replaced in between');
  }
}

async function writeInto(file: string, content: Content, known: Stats): Promise<void> {
  const handle = await open(file, constants.O_WRONLY);
  try {
    const stats = await handle.stat();
    assertSame(stats, known);
    if (stats.isFile()) {
      await handle.truncate();
    }
    await writeFile(handle, content);
  } finally {
    await handle.close();
  }
}

/** Writes to a fifo with O_NONBLOCK: without a reader a blocking open(2) would wait for ever. write(2) then does not block either. */
async function writeToPipe(file: string, content: Content, known: Stats): Promise<void> {
  const descriptor = await openForReader(file);
  try {
    assertSame(fstatSync(descriptor), known);
    for (const part of content instanceof Uint8Array ? [content] : content) {
      for (let rest: Uint8Array = Buffer.from(part); rest.length > 0;) {
        const written = writeSome(descriptor, rest);
        if (written === null) {
          return; // a reader that closes early is no error
        }
        rest = rest.subarray(written);
        await sleep(written === 0 ? PIPE_RETRY_MS : 0);
      }
    }
  } finally {
    closeSync(descriptor);
  }
}

/** The number of bytes that the pipe had room for; null where it has no reader any more. */
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

/**
 * Writes a temporary file and renames it to the target. The owner of the folder may put a link in place of the temporary file, so only its
 * handle is used after open(2).
 */
async function replace(
  target: string,
  content: Content,
  mode: number | null,
  owner: Pick<Stats, 'uid' | 'gid'> | null = null,
): Promise<void> {
  const beside = `${target}.${randomBytes(NONCE_BYTES).toString('hex')}.tmp`;
  const handle = await open(beside, 'wx', mode === null ? NEW_FILE_MODE : PRIVATE_FILE_MODE);
  try {
    try {
      await writeFile(handle, content);
      const keepsGroup = owner === null || (await keepOwner(handle, owner));
      if (mode !== null) {
        await handle.chmod((keepsGroup ? mode : withoutGroup(mode)) & PERMISSIONS);
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

/** Gives a file its former owner. Returns whether it has its former group too: an ordinary user may give it only a group of their own. */
async function keepOwner(handle: FileHandle, owner: Pick<Stats, 'uid' | 'gid'>): Promise<boolean> {
  const { uid, gid } = await handle.stat();
  if (uid === owner.uid && gid === owner.gid) {
    return true;
  }
  return await handle.chown(owner.uid, owner.gid).then(
    () => true,
    (error: unknown) => {
      if (uid !== owner.uid) {
        throw error;
      }
      return false;
    },
  );
}

/** Another group gets no more than everybody has. */
function withoutGroup(mode: number): number {
  return (mode & ~0o070) | ((mode & 0o007) << 3);
}
