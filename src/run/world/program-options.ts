import type { Signal } from '../run-suite.js';

/** How a program runs in a world. */
export interface ProgramOptions {
  /** Variables besides those of this process and of the world. undefined takes one away. */
  env?: Record<string, string | undefined>;
  /** Its standard input. Default: empty. */
  input?: string | Uint8Array;
  /** The folder in which it starts. Default: the working folder. */
  cwd?: string;
  /** Ends it with SIGKILL. The promise is then rejected with the reason of the signal. */
  signal?: Signal;
  /** After this time it is ended with SIGKILL, and the result has that signal. Default: no limit. */
  timeoutMs?: number;
  /** pipe (default): the result has its output. inherit: its output is that of this process. */
  stdio?: 'pipe' | 'inherit';
}

/** How a program ended. */
export interface ProgramResult {
  /** null if a signal ended it. */
  exitCode: number | null;
  /** The signal that ended it, such as SIGKILL; null if it ended by itself. */
  signal: string | null;
  /** Its standard output, as UTF-8; '' with `stdio: 'inherit'`. */
  stdout: string;
  stderr: string;
}
