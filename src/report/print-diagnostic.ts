import type { Diagnostic } from '../model/diagnostic.js';
import { makeHarmless } from '../words/harmless.js';

/** One line, as compilers write it: `file:line:col: error: message (/json/pointer)`, without line end. */
export function printDiagnostic(diagnostic: Diagnostic): string {
  return print('error', diagnostic);
}

/** The same for what is no error: `file:line:col: warning: message`. */
export function printWarning(diagnostic: Diagnostic): string {
  return print('warning', diagnostic);
}

function print(severity: 'error' | 'warning', d: Diagnostic): string {
  const pointer = d.pointer === null || d.pointer === '' ? '' : ` (${d.pointer})`;
  return makeHarmless(`${d.file}:${d.line}:${d.column}: ${severity}: ${d.message}${pointer}`);
}
