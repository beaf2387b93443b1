/** A place in a scenario file. Both numbers count from 1. */
export interface Position {
  line: number;
  column: number;
}

/** A mistake in a scenario file, and its place. */
export interface Diagnostic extends Position {
  file: string;
  message: string;
  /** JSON pointer (RFC 6901) of the wrong value; null if the file is not JSON. */
  pointer: string | null;
  /** The text of the line, without its end. It is missing if the file has not been read. */
  source?: string;
}
