import type { Case } from '../model/case.js';
import type { Cause } from '../model/result.js';
import { describeRule } from './describe-rule.js';

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
export function describeWhatHappened({ cause, rule }: Pick<Case, 'cause' | 'rule'>): string {
  const byRule = rule === null || cause === 'service' || cause === 'no-listener' ? '' : ` by ${describeRule(rule)}`;
  return ` (${PHRASES[cause]}${byRule})`;
}
