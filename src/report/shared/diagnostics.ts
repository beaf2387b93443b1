import type { Diagnostic } from '../../model/diagnostic.js';
import { makeHarmless } from '../../words/harmless.js';

/** One line in the format of compilers: `file:line:col: error: message (/json/pointer)`, without line end. */
export function printDiagnostic(diagnostic: Diagnostic): string {
  return print('error', diagnostic);
}

/** One line for a warning: `file:line:col: warning: message`. */
export function printWarning(diagnostic: Diagnostic): string {
  return print('warning', diagnostic);
}

function print(severity: 'error' | 'warning', d: Diagnostic): string {
  const pointer = d.pointer === null || d.pointer === '' ? '' : ` (${d.pointer})`;
  return makeHarmless(`${d.file}:${d.line}:${d.column}: ${severity}: ${d.message}${pointer}`);
}
