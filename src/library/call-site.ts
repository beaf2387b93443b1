import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ObjectPlace } from '../input/load-objects.js';

/** A line of a stack, as V8 writes it and source maps change it: `    at test (file:///home/me/fw.test.ts:12:16)`. */
const FRAME = /^\s+at (?:.* \()?(?:async )?((?:file:\/\/)?\/.+):(\d+):(\d+)\)?$/;
/** Where the stack names no file: in a REPL, for example. */
const UNKNOWN = { file: '<scenario>', line: 1, column: 1 };

/** The place of the call of a function, with source maps where Node.js or a test runner applies them: they change the text of a stack only. */
export function findCallSite(callee: (...args: never[]) => unknown): ObjectPlace {
  const holder: { stack?: string } = {};
  Error.captureStackTrace(holder, callee);
  const caller = (holder.stack ?? '').split('\n').find((line) => /^\s+at /.test(line));
  const [, path, line, column] = FRAME.exec(caller ?? '') ?? [];
  if (path === undefined) {
    return UNKNOWN;
  }
  return { file: toShownPath(path.startsWith('file:') ? fileURLToPath(path) : path), line: Number(line), column: Number(column) };
}

/** A path as messages show it: from the working folder where it is inside of that, otherwise absolute. '' is the working folder itself. */
export function toShownPath(path: string): string {
  const shown = relative('', path);
  return shown === '..' || shown.startsWith('../') ? path : shown;
}
