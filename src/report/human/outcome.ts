import type { Cause, ProbeResult } from '../../model/result.js';
import { describeDecider, nameDecider } from '../../words/rule-name.js';

/** `refused after 0.31 ms, rejected by rule 0 no-web: -A INPUT …` */
export function showOutcome({ observed, cause, rule, decided }: ProbeResult): string {
  // The client's own stack refused: its errno says more than the outcome.
  const errno = cause === 'local' && observed?.errno ? ` (${observed.errno})` : '';
  const outcome = `${observed?.outcome ?? 'nothing observed'}${errno}`;
  const when = decided === 'proved' ? ' (proved)' : ` after ${observed?.elapsedMs ?? '?'} ms`;
  return `${outcome}${when}, ${cause}${rule === null ? '' : ` by ${describeDecider(rule)}`}`;
}

/** The cause in a table, where the outcome is beside it. */
const REASONS = {
  service: '',
  'no-listener': 'nothing listens',
  rejected: 'rejected',
  dropped: 'dropped',
  'answer-eaten': 'answer-eaten',
  silent: 'silent',
  'not-routed': 'not-routed',
  local: 'local',
  unexplained: 'unexplained',
} satisfies Record<Cause, string>;

/**
 * Why the client saw its outcome: `rejected by rule 0 no-web`, `nothing listens, let in by rule 3 web`. Empty where the server answered and
 * no rule let the request in.
 *
 * @param hasText whether the rule is shown with its text
 */
export function showReason({ observed, cause, rule }: ProbeResult, hasText: boolean): string {
  if (cause === null) {
    return '';
  }
  const reason = cause === 'local' && observed?.errno ? `local (${observed.errno})` : REASONS[cause];
  if (rule === null) {
    return reason;
  }
  const decider = hasText ? describeDecider(rule) : nameDecider(rule);
  const isLetIn = cause === 'service' || cause === 'no-listener';
  return isLetIn ? [reason, `let in by ${decider}`].filter((part) => part !== '').join(', ') : `${reason} by ${decider}`;
}

/** The client's time, or `proved`: `0.07 ms`, `2.3 ms`, `1002 ms`. */
export function showTime({ observed, decided }: ProbeResult): string {
  if (decided === 'proved') {
    return 'proved';
  }
  return observed?.elapsedMs == null ? '' : `${roundMs(observed.elapsedMs)} ms`;
}

/** Whole milliseconds from 10 on: a longer time is never exact to a tenth. */
function roundMs(ms: number): string {
  return ms >= 10 ? String(Math.round(ms)) : ms.toFixed(ms >= 1 ? 1 : 2);
}
