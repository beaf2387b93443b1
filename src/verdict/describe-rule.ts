import type { Case } from '../model/case.js';
import type { DecidingRule } from '../model/result.js';

/** What a rule set calls a policy: iptables' text names the chain, nft's begins with the word. */
const POLICIES = {
  iptables: ({ text }) => `the policy ${text}`,
  nft: ({ text, chain }) => `the ${text} of ${chain}`,
} satisfies Record<Case['rules'], (policy: DecidingRule) => string>;

/**
 * `rule 0 no-web`, or `the policy -P INPUT DROP`, or in a native rule set `the policy drop of my_input`.
 *
 * @param rules what the rule set is written in
 */
export function nameRule(rule: DecidingRule, rules: Case['rules']): string {
  return rule.isPolicy ? POLICIES[rules](rule) : ['rule', rule.index, rule.name].filter((part) => part !== null).join(' ');
}

/** `rule 0 no-web: -A INPUT …`, or the policy. */
export function describeRule(rule: DecidingRule, rules: Case['rules']): string {
  return rule.isPolicy ? nameRule(rule, rules) : `${nameRule(rule, rules)}: ${rule.text}`;
}
