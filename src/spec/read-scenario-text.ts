import { constants, promises as fs } from 'node:fs';
import { describeFileError } from './describe-file-error.js';
import { STDIN } from './find-scenario-files.js';

const MIB = 1024 * 1024;
const MOST_BYTES = 8 * MIB;

type Bytes = { bytes: Uint8Array } | { problem: string };

/** A file's text, or that of standard input; or why there is none. More than a scenario file needs is not read, unless said. */
export async function readScenarioText(path: string, mostBytes = MOST_BYTES): Promise<{ text: string } | { problem: string }> {
  try {
    const read = path === STDIN ? await collect(process.stdin, mostBytes) : await readFile(path, mostBytes);
    return 'problem' in read ? read : decode(read.bytes);
  } catch (error) {
    return { problem: describeFileError(error) };
  }
}

/** Without waiting, should the file have become a fifo since it was found. */
async function readFile(path: string, mostBytes: number): Promise<Bytes> {
  const file = await fs.open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = await file.stat();
    if (!stats.isFile()) {
      return { problem: 'expected a file, found something else' };
    }
    return stats.size > mostBytes ? describeSize(mostBytes) : await collect(file.createReadStream({ autoClose: false }), mostBytes);
  } finally {
    await file.close();
  }
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
