// Makes the rules of a scenario ineffective.
import type { RuleInput, ScenarioInput } from '../../src/model/scenario-file.js';
import { listRulesets } from './library.js';
import { weakenRuleset, type Weakness } from './weaken-ruleset.js';

export type RulesetTexts = Record<string, string>;

type Rules = NonNullable<ScenarioInput['rules']>;

/** A rule that matches nothing. It replaces each removed rule, so that a scenario that expects a rule stays valid. */
const NOTHING = { chain: 'INPUT', source: '127.255.255.254', target: 'ACCEPT' };

/**
 * Returns the scenario without its rules, or with each REJECT changed to ACCEPT. null if that changes nothing.
 *
 * @param rulesets the texts of the scenario's `ruleset` files by name; the weakened texts are added under the weakened scenario's file names
 */
export function weaken(scenario: ScenarioInput, weakness: Weakness, rulesets: RulesetTexts): ScenarioInput | null {
  const weakened: ScenarioInput = {
    ...scenario,
    ...weakenRules(scenario, weakness),
    ...(scenario.phases === undefined ? {} : { phases: scenario.phases.map((phase) => ({ ...phase, ...weakenRules(phase, weakness) })) }),
  };
  const files = listRulesets(scenario);
  if (files.length > 0) {
    const own = files.map((input) => ({ ...input, file: `${weakness}-${input.file}` }));
    const texts = files.map(({ file }) => rulesets[file] ?? '');
    texts.forEach((text, place) => (rulesets[own[place]?.file ?? ''] = weakenRuleset(text, weakness)));
    weakened.ruleset = own;
    return own.every(({ file }, place) => rulesets[file] === texts[place]) ? null : weakened;
  }
  return JSON.stringify(weakened) === JSON.stringify(scenario) ? null : weakened;
}

function weakenRules({ rules }: { rules?: Rules }, weakness: Weakness): { rules?: Rules } {
  return rules === undefined ? {} : { rules: rules.map(weakness === 'removed' ? toNothing : toAccept) };
}

function toNothing(rule: string | RuleInput): RuleInput {
  return typeof rule === 'string' || rule.name === undefined ? NOTHING : { name: rule.name, ...NOTHING };
}

function toAccept(rule: string | RuleInput): string | RuleInput {
  if (typeof rule === 'string') {
    return rule.replace(/REJECT.*/, 'ACCEPT');
  }
  const { rejectWith: _, ...rest } = rule;
  return rule.target === 'REJECT' ? { ...rest, target: 'ACCEPT' } : rule;
}
