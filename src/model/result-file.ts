import type { Result } from './result.js';

/** A result document that was read from a file. */
export interface ResultFile {
  /** The path as the user gave it. */
  file: string;
  result: Result;
}
