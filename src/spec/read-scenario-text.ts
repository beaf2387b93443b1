import { constants, promises as fs } from 'node:fs';
import { describeFileError } from './describe-file-error.js';
import { STDIN } from './find-scenario-files.js';
import { isWithin } from './is-within.js';

const MIB = 1024 * 1024;
const MOST_BYTES = 8 * MIB;

export interface Bounds {
  /** More than a scenario file needs is not read, unless said. */
  mostBytes?: number;
  /** The real path of the folder that the file has to be in, by whatever links: another problem than this one if it is not. */
  folder?: { real: string; problem: string } | null;
}

type Bytes = { bytes: Uint8Array } | { problem: string };

/** A file's text, or that of standard input; or why there is none. */
export async function readScenarioText(path: string, bounds: Bounds = {}): Promise<{ text: string } | { problem: string }> {
  const { mostBytes = MOST_BYTES, folder = null } = bounds;
  try {
    const read = path === STDIN ? await collect(process.stdin, mostBytes) : await readFile(path, mostBytes, folder);
    return 'problem' in read ? read : decode(read.bytes);
  } catch (error) {
    return { problem: describeFileError(error) };
  }
}

/** Without waiting, should the file have become a fifo since it was found. */
async function readFile(path: string, mostBytes: number, folder: Bounds['folder']): Promise<Bytes> {
  const file = await fs.open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    // Of what is open: whoever owns a folder on the way may change links between a look and the opening.
    if (folder && !isWithin(folder.real, await getRealPath(file.fd, path))) {
      return { problem: folder.problem };
    }
    const stats = await file.stat();
    if (!stats.isFile()) {
      return { problem: 'expected a file, found something else' };
    }
    return stats.size > mostBytes ? describeSize(mostBytes) : await collect(file.createReadStream({ autoClose: false }), mostBytes);
  } finally {
    await file.close();
  }
}

/** Without /proc, `loopfw check` still works, with the path looked at in the place of the open file. */
function getRealPath(descriptor: number, path: string): Promise<string> {
  return fs.readlink(`/proc/self/fd/${descriptor}`).catch(() => fs.realpath(path));
}

/** No more than the limit, however large the file says that it is: those in /proc say 0. */
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

function decode(bytes: Uint8Array): { text: string } | { problem: string } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { problem: 'expected UTF-8 text' };
  }
}
