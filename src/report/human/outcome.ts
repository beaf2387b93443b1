import type { DecidingRule, ProbeResult, RuleResult } from '../../model/result.js';
import { describeDecider } from '../../words/rule-name.js';

/** `refused after 0.31 ms, rejected by rule 0 no-web: -A INPUT …` */
export function showOutcome({ observed, cause, rule, decided }: ProbeResult, rules: RuleResult[]): string {
  // The client's own stack refused: its errno says more than the outcome.
  const errno = cause === 'local' && observed?.errno ? ` (${observed.errno})` : '';
  const outcome = `${observed?.outcome ?? 'nothing observed'}${errno}`;
  const when = decided === 'proved' ? ' (proved)' : ` after ${observed?.elapsedMs ?? '?'} ms`;
  return `${outcome}${when}, ${cause}${rule === null ? '' : ` by ${describeDecider(rule, findLine(rule, rules))}`}`;
}

/** The line of a rule in its rule set file. In the first rule set, which is nearly always the only one, a rule is at its own index. */
function findLine({ index, text }: DecidingRule, rules: RuleResult[]): number | null {
  const isMeant = (rule: RuleResult | undefined) => rule?.index === index && rule.text === text;
  return (index !== null && isMeant(rules[index]) ? rules[index] : rules.find(isMeant))?.line ?? null;
}
