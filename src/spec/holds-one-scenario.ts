import { closeSync, constants, openSync, readSync, statSync } from 'node:fs';

const LOOK_BYTES = 4096;
/** An object, behind a byte order mark, space and comments. */
const ONE = /^\uFEFF?(?:\s|\/\/[^\r\n]*[\r\n]|\/\*(?:[^*]|\*(?!\/))*\*\/)*\{/;

/** Whether a path is, at first sight, a file of one scenario: one that begins as an object does. Nothing but a regular file is opened. */
export function holdsOneScenario(path: string): boolean {
  try {
    return statSync(path).isFile() && ONE.test(readStart(path));
  } catch {
    return false; // whatever is wrong with it, reading it will say
  }
}

/** Without waiting, should the file have become a fifo meanwhile. */
function readStart(path: string): string {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const start = Buffer.alloc(LOOK_BYTES);
    return start.toString('utf8', 0, readSync(file, start));
  } finally {
    closeSync(file);
  }
}
