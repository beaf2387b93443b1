import { constants, promises as fs } from 'node:fs';
import { describeFileError } from './describe-file-error.js';
import { STDIN } from './find-scenario-files.js';
const MOST_BYTES = 8 * 1024 * 1024;
const TOO_LARGE = { problem: `larger than ${MOST_BYTES / 1024 / 1024} MiB` };
/** A file's text, or that of standard input; or why there is none. */
export async function readScenarioText(path) {
    try {
        const read = path === STDIN ? await readStdin() : await readFile(path);
        return 'problem' in read ? read : decode(read.bytes);
    }
    catch (error) {
        return { problem: describeFileError(error) };
    }
}
/** Without waiting, should the file have become a fifo since it was found. */
async function readFile(path) {
    const file = await fs.open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
        const stats = await file.stat();
        if (!stats.isFile()) {
            return { problem: 'expected a file, found something else' };
        }
        return stats.size > MOST_BYTES ? TOO_LARGE : await collect(file.createReadStream({ autoClose: false }));
    }
    finally {
        await file.close();
    }
}
function readStdin() {
    return collect(process.stdin);
}
/** No more than the limit, however large the file says that it is: those in /proc say 0. */
async function collect(chunks) {
    const all = [];
    let size = 0;
    for await (const chunk of chunks) {
        size += chunk.length;
        if (size > MOST_BYTES) {
            return TOO_LARGE;
        }
        all.push(chunk);
    }
    return { bytes: Buffer.concat(all) };
}
function decode(bytes) {
    try {
        return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
    }
    catch {
        return { problem: 'expected UTF-8 text' };
    }
}
