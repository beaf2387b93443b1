import type { Diagnostic } from '../model/diagnostic.js';
import { makeHarmless } from './make-harmless.js';

/** One line, as compilers write it: `file:line:col: error: message (/json/pointer)`, without line end. */
export function printDiagnostic(d: Diagnostic): string {
  const pointer = d.pointer === null || d.pointer === '' ? '' : ` (${d.pointer})`;
  return makeHarmless(`${d.file}:${d.line}:${d.column}: error: ${d.message}${pointer}`);
}
