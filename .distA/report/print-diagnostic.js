import { makeHarmless } from './make-harmless.js';
/** One line, as compilers write it: `file:line:col: error: message (/json/pointer)`, without line end. */
export function printDiagnostic(diagnostic) {
    return print('error', diagnostic);
}
/** The same for what is no error: `file:line:col: warning: message`. */
export function printWarning(diagnostic) {
    return print('warning', diagnostic);
}
function print(severity, d) {
    const pointer = d.pointer === null || d.pointer === '' ? '' : ` (${d.pointer})`;
    return makeHarmless(`${d.file}:${d.line}:${d.column}: ${severity}: ${d.message}${pointer}`);
}
