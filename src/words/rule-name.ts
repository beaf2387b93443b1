import type { DecidingRule, RuleResult } from '../model/result.js';

/** How people tell a rule from others: `rule 0 no-web`, with its line in a rule set file. Not yet harmless: names come from files. */
export function nameRule({ index, name, line }: Pick<RuleResult, 'index' | 'name' | 'line'>): string {
  return `rule ${index}${name === null ? '' : ` ${name}`}${line === null ? '' : ` (line ${line})`}`;
}

/** `rule 0 no-web`, or `the policy -P INPUT DROP`, or in a native rule set `the policy drop of my_input`. */
export function nameDecider(rule: DecidingRule, line: number | null = null): string {
  const { index, name, chain, text } = rule;
  if (text.startsWith('-P ')) {
    return `the policy ${text}`;
  }
  return index === null ? `the ${text} of ${chain}` : nameRule({ index, name, line });
}

/** The same with the rule's text: `rule 0 no-web: -A INPUT …`. A policy is named by its text. */
export function describeDecider(rule: DecidingRule, line: number | null = null): string {
  return isPolicy(rule) ? nameDecider(rule) : `${nameDecider(rule, line)}: ${rule.text}`;
}

/** A policy without an entry of its own has no index. */
export function isPolicy({ index, text }: DecidingRule): boolean {
  return index === null || text.startsWith('-P ');
}
