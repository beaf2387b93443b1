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

/** What a fault does to connections. plan/fault-table.ts has a row for each. */
export type FaultKind = 'refused';

/** A fault for a program under test: what happens to its TCP connections to this address and port. */
export interface Fault {
  kind: FaultKind;
  address: string;
  port: number;
}
