import { UsageError } from '../errors.js';

/** @throws UsageError where both the scenarios and the rule set are to come from standard input */
export function assertReadOnce(paths: string[], ruleset: string | undefined): void {
  if (ruleset === '-' && paths.includes('-')) {
    throw new UsageError('standard input can be read only once: for scenarios, or for --ruleset');
  }
}
