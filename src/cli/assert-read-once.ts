import { UsageError } from '../errors.js';

/** Checks that standard input is used once. @throws UsageError where both the scenarios and the rule set come from it */
export function assertReadOnce(paths: string[], ruleset: string | undefined): void {
  if (ruleset === '-' && paths.includes('-')) {
    throw new UsageError('standard input can be read only once: for scenarios, or for --ruleset');
  }
}
