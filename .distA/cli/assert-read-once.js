import { UsageError } from '../errors.js';
/** @throws UsageError where both the scenarios and the rule set are to come from standard input */
export function assertReadOnce(paths, ruleset) {
    if (ruleset === '-' && paths.includes('-')) {
        throw new UsageError('standard input can be read only once: for scenarios, or for --ruleset');
    }
}
