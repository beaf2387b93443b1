import type { Result } from './result.js';

/** A result document that was read back. */
export interface ResultFile {
  /** As the user called it. */
  file: string;
  result: Result;
}
