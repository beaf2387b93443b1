import type { Reporter } from './reporter.js';
/** Every format, by the name that --reporter takes. */
export declare const REPORTERS: {
    human: Reporter;
    json: Reporter;
    tap: Reporter;
};
export type ReporterName = keyof typeof REPORTERS;
