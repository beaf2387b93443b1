import { closeSync, constants, openSync, readFileSync, readSync, statSync } from 'node:fs';

const LOOK_BYTES = 4096;
/** The start of an object, after an optional byte order mark, white space and comments. */
const ONE = /^\uFEFF?(?:\s|\/\/[^\r\n]*[\r\n]|\/\*(?:[^*]|\*(?!\/))*\*\/)*\{/;

/**
 * Whether a path is probably a file of one scenario: a regular file whose first 4096 bytes begin with an object. Other kinds of files are
 * not opened.
 */
export function holdsOneScenario(path: string): boolean {
  try {
    return statSync(path).isFile() && ONE.test(readStart(path));
  } catch {
    return false; // the error is reported when the file is loaded
  }
}

/**
 * Whether the text of a file has a key `user`, or an escape that may spell one; null if the path is no regular file. The sandbox of root
 * must know it before the scenarios are read: otherwise it would start some 10 ms later.
 */
export function mentionsUser(path: string): boolean | null {
  try {
    return statSync(path).isFile() ? /"user"|\\u/.test(readFileSync(path, 'latin1')) : null;
  } catch {
    return null;
  }
}

/** Reads the first bytes of a file. O_NONBLOCK prevents waiting if the file has become a FIFO after stat(2). */
function readStart(path: string): string {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const start = Buffer.alloc(LOOK_BYTES);
    return start.toString('utf8', 0, readSync(file, start));
  } finally {
    closeSync(file);
  }
}
