import type { DecidingRule, RuleResult } from '../model/result.js';

/** The name of a rule for people: `rule 0 no-web`, with its line in a rule set file. Not yet harmless: the name comes from a file. */
export function nameRule({ index, name, line }: Pick<RuleResult, 'index' | 'name' | 'line'>): string {
  return `rule ${index}${name === null ? '' : ` ${name}`}${line === null ? '' : ` (line ${line})`}`;
}

/** `rule 0 no-web`, or `the policy -P INPUT DROP`, or in a native rule set `the policy drop of my_input`. */
export function nameDecider({ index, name, chain, text, isPolicy }: DecidingRule, line: number | null = null): string {
  if (!isPolicy && index !== null) {
    return nameRule({ index, name, line });
  }
  // The text of an iptables policy names its chain (-P INPUT DROP), that of nft does not (policy drop).
  return text.split(' ').includes(chain) ? `the policy ${text}` : `the ${text} of ${chain}`;
}

/** The same with the rule's text: `rule 0 no-web: -A INPUT …`. A policy is named by its text. */
export function describeDecider(rule: DecidingRule, line: number | null = null): string {
  return rule.isPolicy || rule.index === null ? nameDecider(rule) : `${nameDecider(rule, line)}: ${rule.text}`;
}
