import type { Cause } from '../model/result.js';
import { describeDecider } from '../words/rule-name.js';
import type { Case } from './case.js';

const PHRASES = {
  service: 'the server answered',
  'no-listener': 'nothing listens there',
  rejected: 'rejected',
  dropped: 'dropped',
  'answer-eaten': 'answer eaten',
  silent: 'the request arrived, no answer was sent',
  'not-routed': 'routing ended it',
  local: 'no packet left',
  unexplained: 'no evidence why',
} satisfies Record<Cause, string>;

const ARRIVED = ['prerouting', 'input', 'forward'];

/** The cause and its rule in parentheses, to follow an outcome in a sentence. */
export function describeWhatHappened({
  cause,
  rule,
  fate,
  observed,
  journey,
}: Pick<Case, 'cause' | 'rule' | 'fate' | 'observed' | 'journey'>): string {
  const byRule = rule === null || cause === 'service' || cause === 'no-listener' ? '' : ` by ${describeDecider(rule)}`;
  return ` (${getPhrase({ cause, rule, fate, journey, observed })}${byRule})`;
}

/** A reset may come from another stack than the server's. An unreachable error says nothing about listeners. */
function getPhrase({
  cause,
  rule,
  fate,
  journey,
  observed: { outcome },
}: Pick<Case, 'cause' | 'rule' | 'fate' | 'observed' | 'journey'>): string {
  if (cause === 'answer-eaten' && isAnsweredDirectly({ cause, rule, journey })) {
    return 'the answer went past the world';
  }
  if (cause === 'local' && fate !== null) {
    return 'its own stack refused what was rewritten';
  }
  if (cause === 'silent' && fate?.kind === 'left') {
    return 'the request left, and no answer came';
  }
  if (cause === 'silent' && fate?.kind === 'unanswerable') {
    return 'the request arrived, and no route leads back';
  }
  if (cause === 'silent' && !isSeenToArrive(journey)) {
    return 'the request left, and is not seen to have arrived';
  }
  if (cause === 'service' && outcome === 'reset') {
    return 'by no rule';
  }
  return cause === 'no-listener' && outcome === 'unreachable' ? 'no way leads there' : PHRASES[cause];
}

/** Whether the server answered the client itself, past the world. Then no rule ended the answer. */
export function isAnsweredDirectly({ cause, rule, journey }: Pick<Case, 'cause' | 'rule' | 'journey'>): boolean {
  return cause === 'answer-eaten' && rule === null && journey.some(({ rewrittenTo }) => rewrittenTo !== null);
}

/** Whether a rule ended a packet of IPv6 neighbour discovery. */
export function isDiscoveryEnded(journey: Case['journey']): boolean {
  return journey.some(({ kind, steps }) => kind === 'neighbour' && steps.some(({ verdict }) => verdict === 'drop' || verdict === 'reject'));
}

/** Whether a chain after the way out (output, postrouting) has seen any packet of the probe. */
export function isSeenToArrive(journey: Case['journey']): boolean {
  return journey.some(({ steps }) => steps.some(({ hook }) => ARRIVED.includes(hook)));
}
