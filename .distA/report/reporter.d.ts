import type { Result } from '../model/result.js';
export type TapVersion = 13 | 14;
export interface ReportOptions {
    /** Whether the text may hold colour (ANSI escape sequences). */
    color: boolean;
    /** The version of TAP that the harness asks for, by TAP_VERSION; default: 14. */
    tapVersion?: TapVersion;
}
/** A pure function of the result document; the text ends with a newline. */
export type Reporter = (result: Result, options: ReportOptions) => string;
