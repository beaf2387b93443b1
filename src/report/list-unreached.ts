import type { RuleResult } from '../model/result.js';
import { makeHarmless } from '../words/harmless.js';
import { nameRule } from '../words/rule-name.js';
import type { Coverage } from './get-coverage.js';
import { nameScenario } from './name-scenario.js';

/** The most rules that are listed for a scenario. A pasted rule set can have hundreds; the result document lists all of them. */
const MOST = 10;

/** A line for each scenario: `one of everything: rule 2 spare; rule 4: -A INPUT …`. A rule with a name is shown without its text. */
export function listUnreached({ unreached }: Coverage): string[] {
  return unreached.map(({ scenario, rules }) => {
    const more = rules.length > MOST ? [`and ${rules.length - MOST} more`] : [];
    return makeHarmless(`${nameScenario(scenario)}: ${[...rules.slice(0, MOST).map(describe), ...more].join('; ')}`);
  });
}

function describe(rule: RuleResult): string {
  const phase = rule.phase === null ? '' : ` of ${rule.phase}`;
  return `${nameRule(rule)}${phase}${rule.name === null ? `: ${rule.text}` : ''}`;
}
