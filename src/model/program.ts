/** A command that runs in a world with the caller's terminal. */
export interface Program {
  command: string;
  args: string[];
  /** The complete environment. */
  env: Record<string, string>;
}

/** How a program ended: an exit code or a signal. */
export interface ProgramEnd {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  /** Why it could not start; null if it started. */
  problem: string | null;
}
