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

/** A fault for a program under test: every TCP connection to this address and port is refused. */
export interface Fault {
  kind: 'refused';
  address: string;
  port: number;
}
