import type { Cause, Outcome } from '../model/result.js';

/** The word of an expectation for what happened: the cause, where it says more than the outcome. */
export function toExpectationWord({ outcome, cause }: { outcome: Outcome; cause: Cause | null }): string {
  switch (cause) {
    case 'no-listener':
      return outcome === 'refused' ? 'closed' : cause;
    case 'service':
    case 'unexplained':
    case null:
      return outcome;
    default:
      return cause;
  }
}
