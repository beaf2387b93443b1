// A scenario whose rules no longer do what they are there for.
import type { RuleInput, ScenarioInput } from '../../src/model/scenario-file.js';
import { weakenRuleset, type Weakness } from './weaken-ruleset.js';

export type RulesetTexts = Record<string, string>;

type Rules = NonNullable<ScenarioInput['rules']>;

/** What expects a rule must still be a valid scenario: rules that match nothing take the place of those removed. */
const NOTHING = { chain: 'INPUT', source: '127.255.255.254', target: 'ACCEPT' };

/**
 * The scenario without its rules, or with each REJECT turned into ACCEPT; null where that is the scenario itself.
 *
 * @param rulesets the text of the file that its `ruleset` names; gets the weakened one, under the name that the weakened scenario has for it
 */
export function weaken(scenario: ScenarioInput, weakness: Weakness, rulesets: RulesetTexts): ScenarioInput | null {
  const weakened: ScenarioInput = {
    ...scenario,
    ...weakenRules(scenario, weakness),
    ...(scenario.phases === undefined ? {} : { phases: scenario.phases.map((phase) => ({ ...phase, ...weakenRules(phase, weakness) })) }),
  };
  if (scenario.ruleset !== undefined) {
    const text = rulesets[scenario.ruleset.file] ?? '';
    const file = `${weakness}-${scenario.ruleset.file}`;
    rulesets[file] = weakenRuleset(text, weakness);
    weakened.ruleset = { ...scenario.ruleset, file };
    return rulesets[file] === text ? null : weakened;
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
