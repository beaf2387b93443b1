import type { Case } from '../model/case.js';
import type { Cause, Outcome } from '../model/result.js';
import { describeRule } from './describe-rule.js';
import { isSeenToArrive } from './is-seen-to-arrive.js';

const PHRASES = {
  service: 'the server answered',
  'no-listener': 'nothing listens there',
  rejected: 'rejected',
  dropped: 'dropped',
  'answer-eaten': 'answer eaten',
  silent: 'the request arrived, no answer was sent',
  local: 'no packet left',
  unexplained: 'no evidence why',
} satisfies Record<Cause, string>;

/** The cause and its rule in brackets, to stand behind an outcome. */
export function describeWhatHappened({ cause, rule, rules, observed, journey }: Case): string {
  const byRule = rule === null || cause === 'service' || cause === 'no-listener' ? '' : ` by ${describeRule(rule, rules)}`;
  return ` (${getPhrase(cause, observed.outcome, journey)}${byRule})`;
}

/** Who resets a connection need not be the server, and who says that there is no way does not speak of listeners. */
function getPhrase(cause: Cause, outcome: Outcome, journey: Case['journey']): string {
  if (cause === 'silent' && !isSeenToArrive(journey)) {
    return 'the request left, and is not seen to have arrived';
  }
  if (cause === 'service' && outcome === 'reset') {
    return 'by no rule';
  }
  return cause === 'no-listener' && outcome === 'unreachable' ? 'no way leads there' : PHRASES[cause];
}
