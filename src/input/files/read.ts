import { constants, promises as fs } from 'node:fs';
import type { Diagnostic } from '../../model/diagnostic.js';

/** What names standard input instead of a file. */
export const STDIN = '-';

const MIB = 1024 * 1024;
const MOST_BYTES = 8 * MIB;

export const NO_FILE = 'no such file or folder';

const REASONS: Record<string, string> = {
  ENOENT: NO_FILE,
  EACCES: 'permission denied',
  ELOOP: 'a loop of symbolic links',
  ENOTDIR: 'a part of the path is no folder',
  ENAMETOOLONG: 'the path is too long',
  EISDIR: 'expected a file, found a folder',
  ERR_INVALID_ARG_VALUE: 'no path has a NUL character',
};

/** What a file must satisfy to be read. */
export interface Bounds {
  /** The largest file that is read. The default suffices for scenario files. */
  mostBytes?: number;
  /** The folder that must contain the file, by its real path, after all symbolic links. Otherwise the result is this problem. */
  folder?: { real: string; problem: string } | null;
  /** Whether another program reads the text, which takes a byte order mark for a part of it. */
  isForProgram?: boolean;
}

const BYTE_ORDER_MARK =
  'the file begins with a byte order mark (U+FEFF), which iptables-restore, nft, ipset and a shell refuse: save it without';

type Bytes = { bytes: Uint8Array; real?: string } | { problem: string };

/** A text, and the real path of the open file; standard input has none. */
type Text = { text: string; real?: string };

/** Reads the text of a file or of standard input. The problem is the reason why there is none. */
export async function readText(path: string, bounds: Bounds = {}): Promise<Text | { problem: string }> {
  const { mostBytes = MOST_BYTES, folder = null, isForProgram = false } = bounds;
  try {
    const read = path === STDIN ? await collect(process.stdin, mostBytes) : await readFile(path, mostBytes, folder);
    if ('problem' in read) {
      return read;
    }
    const text = decode(read.bytes, isForProgram);
    return 'problem' in text || read.real === undefined ? text : { ...text, real: read.real };
  } catch (error) {
    return { problem: describeFileError(error) };
  }
}

/** Reads a file. O_NONBLOCK prevents waiting if the file has become a FIFO after it was found. */
async function readFile(path: string, mostBytes: number, folder: Bounds['folder']): Promise<Bytes> {
  const file = await fs.open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    // The check uses the open file, not the path: the owner of a folder can change links between a check and the opening.
    const real = await getRealPath(file.fd, path);
    if (folder && !isWithin(folder.real, real)) {
      return { problem: folder.problem };
    }
    const stats = await file.stat();
    if (!stats.isFile()) {
      return { problem: 'expected a file, found something else' };
    }
    const read = stats.size > mostBytes ? describeSize(mostBytes) : await collect(file.createReadStream({ autoClose: false }), mostBytes);
    return 'problem' in read ? read : { ...read, real };
  } finally {
    await file.close();
  }
}

/** The real path of an open file. Without /proc it is the real path of `path`, so that `loopfw check` still works. */
function getRealPath(descriptor: number, path: string): Promise<string> {
  return fs.readlink(`/proc/self/fd/${descriptor}`).catch(() => fs.realpath(path));
}

/** Reads up to the limit. The size in stat(2) is not enough: for files in /proc it is 0. */
async function collect(chunks: AsyncIterable<Uint8Array>, mostBytes: number): Promise<Bytes> {
  const all: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > mostBytes) {
      return describeSize(mostBytes);
    }
    all.push(chunk);
  }
  return { bytes: Buffer.concat(all) };
}

function describeSize(mostBytes: number): { problem: string } {
  return { problem: `larger than ${mostBytes / MIB} MiB` };
}

function decode(bytes: Uint8Array, isForProgram: boolean): { text: string } | { problem: string } {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: isForProgram }).decode(bytes);
    return isForProgram && text.startsWith('\uFEFF') ? { problem: BYTE_ORDER_MARK } : { text };
  } catch {
    return { problem: 'expected UTF-8 text' };
  }
}

/** The path in messages. */
export function getShownName(path: string): string {
  return path === STDIN ? '<stdin>' : path;
}

/** The diagnostic of a file that cannot be read. */
export function makeFileDiagnostic(path: string, message: string): Diagnostic {
  return { file: getShownName(path), line: 1, column: 1, message, pointer: null };
}

/** Whether a path is the folder itself, or inside of it at any depth. Both are real paths, without symbolic links. */
export function isWithin(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder === '/' ? folder : `${folder}/`);
}

/**
 * The reason why a file cannot be read, in words.
 *
 * @throws the error itself if it has no error code, because then it does not come from the file system
 */
export function describeFileError(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error)) {
    throw error;
  }
  return REASONS[String(error.code)] ?? `cannot be read: ${String(error.code)}`;
}
