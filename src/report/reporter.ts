import type { Result } from '../model/result.js';

export interface ReportOptions {
  /** Whether the text may hold colour (ANSI escape sequences). */
  color: boolean;
}

/** A pure function of the result document; the text ends with a newline. */
export type Reporter = (result: Result, options: ReportOptions) => string;
