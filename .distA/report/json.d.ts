import type { Reporter } from './reporter.js';
/** The result document itself (schema/result.json). */
export declare const reportJson: Reporter;
