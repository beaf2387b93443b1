import type { Reporter } from './reporter.js';
/** For people at a terminal: a line a probe with what decided it, a table for a truth table, and for what did not pass the whole story. */
export declare const reportHuman: Reporter;
