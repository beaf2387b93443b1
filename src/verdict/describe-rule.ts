import type { DecidingRule } from '../model/result.js';

/** `rule 0 no-web`, or `the policy -P INPUT DROP`. */
export function nameRule({ index, name, text }: DecidingRule): string {
  if (text.startsWith('-P ')) {
    return `the policy ${text}`;
  }
  return ['rule', index, name].filter((part) => part !== null).join(' ');
}

/** `rule 0 no-web: -A INPUT …`, or `the policy -P INPUT DROP`. */
export function describeRule(rule: DecidingRule): string {
  return rule.text.startsWith('-P ') ? nameRule(rule) : `${nameRule(rule)}: ${rule.text}`;
}
