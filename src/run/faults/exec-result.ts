/* Generated from schema/control.json by `npm run generate`: change the schema instead. */

/**
 * The document that `loopfw exec -r json=FILE` writes when the program has ended.
 */
export interface ExecResult {
  version: 1;
  /**
   * The program and its arguments.
   */
  command: string[];
  /**
   * The program's exit code: 128+n if signal n ended it, 127 if it was not found. `--expect-hit` does not change it.
   */
  exitCode: number;
  /**
   * The faults in the order of the command line. Empty if the program could not start, or was ended together with its world.
   */
  faults: TouchedFault[];
}
export interface TouchedFault {
  /**
   * The fault as it was typed: `refused=127.0.0.2:5432,after=1s`.
   */
  fault: string;
  /**
   * How many connections it has hit, or flows of UDP; 0: never touched.
   */
  connections: number;
}
