import type { ProbeResult } from '../../model/result.js';
import { describeDecider } from '../../words/rule-name.js';

/** `refused after 0.31 ms, rejected by rule 0 no-web: -A INPUT …` */
export function showOutcome({ observed, cause, rule, decided }: ProbeResult): string {
  // The client's own stack refused: its errno says more than the outcome.
  const errno = cause === 'local' && observed?.errno ? ` (${observed.errno})` : '';
  const outcome = `${observed?.outcome ?? 'nothing observed'}${errno}`;
  const when = decided === 'proved' ? ' (proved)' : ` after ${observed?.elapsedMs ?? '?'} ms`;
  return `${outcome}${when}, ${cause}${rule === null ? '' : ` by ${describeDecider(rule)}`}`;
}
