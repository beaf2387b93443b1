import type { Rule } from '../../model/rule.js';

/** The rules that were made by the pattern of an earlier rule, each with that rule (language/rule-memo.ts). */
const firstRules = new WeakMap<Rule, Rule>();

/** Notes that a rule differs from an earlier one only in the values of its addresses and ports. */
export function notePattern(rule: Rule, first: Rule): void {
  firstRules.set(rule, first);
}

/** The first rule with the pattern of this rule. It is the rule itself if no pattern is known. */
export function getFirstRule(rule: Rule): Rule {
  return firstRules.get(rule) ?? rule;
}

/**
 * Makes a function that answers a question once for all rules with the same pattern. A long list has many rules and few patterns.
 * @param ask its answer must not depend on the values of addresses and ports
 */
export function askOncePerPattern<Answer>(ask: (rule: Rule) => Answer): (rule: Rule) => Answer {
  const answers = new WeakMap<Rule, { answer: Answer }>();
  return (rule) => {
    const first = getFirstRule(rule);
    let known = answers.get(first);
    if (known === undefined) {
      known = { answer: ask(first) };
      answers.set(first, known);
    }
    return known.answer;
  };
}
