import type { DecidingRule, ProbeResult, RuleResult } from '../model/result.js';
import { nameRule } from './name-rule.js';

/** `refused after 0.31 ms, rejected by rule 0 no-web: -A INPUT …` */
export function showOutcome({ observed, cause, rule, decided }: ProbeResult, rules: RuleResult[]): string {
  const outcome = observed?.outcome ?? 'nothing observed';
  const when = decided === 'proved' ? ' (proved)' : ` after ${observed?.elapsedMs ?? '?'} ms`;
  return `${outcome}${when}, ${cause}${rule === null ? '' : ` by ${describeDecider(rule, rules)}`}`;
}

function describeDecider({ index, name, chain, text, isPolicy }: DecidingRule, rules: RuleResult[]): string {
  if (isPolicy || index === null) {
    // iptables' text names the chain (-P INPUT DROP), nft's does not (policy drop).
    return text.split(' ').includes(chain) ? `the policy ${text}` : `the ${text} of ${chain}`;
  }
  const isMeant = (rule: RuleResult | undefined) => rule?.index === index && rule.text === text;
  // Of the first rule set, which is nearly always the only one, rules stand at their index.
  const line = (isMeant(rules[index]) ? rules[index] : rules.find(isMeant))?.line ?? null;
  return `${nameRule({ index, name, line })}: ${text}`;
}
