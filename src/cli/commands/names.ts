import { constants } from 'node:os';
import { runInNewContext } from 'node:vm';
import { UsageError } from '../../model/errors.js';

/** The time limit for all names together. A pattern that does not backtrack needs microseconds for each name. */
const LIMIT_MS = 1000;

/**
 * Whether a regular expression matches each name, in their order.
 * On a name of forty letters some patterns backtrack for longer than the age of the universe. Only node:vm can interrupt a match.
 * Nothing has run yet, so there is no report: Ctrl-C ends the program.
 * @throws UsageError for a pattern that takes too long
 */
export function matchNames(pattern: RegExp, names: string[]): boolean[] {
  try {
    const context = { pattern, names, matches: [] as boolean[] };
    runInNewContext('for (const name of names) { matches.push(pattern.test(name)); }', context, {
      timeout: LIMIT_MS,
      breakOnSigint: true,
    });
    return context.matches;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED') {
      process.exit(128 + constants.signals.SIGINT);
    }
    if (code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') {
      throw new UsageError(
        `--grep ${pattern}: not done with ${names.length} names after ${LIMIT_MS} ms: write it without a repetition inside a repetition, such as (a+)+`,
      );
    }
    throw error;
  }
}
