import type { Diagnostic } from '../model/diagnostic.js';
/** One line, as compilers write it: `file:line:col: error: message (/json/pointer)`, without line end. */
export declare function printDiagnostic(diagnostic: Diagnostic): string;
/** The same for what is no error: `file:line:col: warning: message`. */
export declare function printWarning(diagnostic: Diagnostic): string;
