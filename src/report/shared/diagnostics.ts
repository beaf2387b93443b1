import type { Diagnostic } from '../../model/diagnostic.js';
import type { Warning } from '../../model/result.js';
import { makeHarmless } from '../../words/harmless.js';

/** One line in the format of compilers: `file:line:col: error: message (/json/pointer)`, without line end. */
export function printDiagnostic(diagnostic: Diagnostic): string {
  return print('error', diagnostic, diagnostic.pointer ?? '');
}

/** One line for a warning: `file:line:col: warning: message (code)`. */
export function printWarning(warning: Warning): string {
  return print('warning', warning, warning.code);
}

function print(severity: 'error' | 'warning', { file, line, column, message }: Omit<Diagnostic, 'pointer'>, end: string): string {
  return makeHarmless(`${file}:${line}:${column}: ${severity}: ${message}${end === '' ? '' : ` (${end})`}`);
}
