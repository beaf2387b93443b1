import type { Result, RuleResult, ScenarioResult } from '../../model/result.js';
import { makeHarmless } from '../../words/harmless.js';
import { nameRule } from '../../words/rule-name.js';
import { nameScenario } from './labels.js';

/** The most rules that are listed for a scenario. A pasted rule set can have hundreds; the result document lists all of them. */
const MOST = 10;

export interface Coverage {
  /**
   * Entries that have a counter. An entry without one (-N, a policy of ACCEPT) does not count. `reached`: those of them that a packet
   * reached.
   */
  counted: number;
  reached: number;
  /** From 0 to 100. 100 if no entry has a counter. */
  percent: number;
  /** The entries that no packet reached, by scenario. Scenarios without such entries are left out. */
  unreached: { scenario: ScenarioResult; rules: RuleResult[] }[];
}

/** How many of the rules the probes of a run reached. */
export function getCoverage({ scenarios }: Result): Coverage {
  const counted = scenarios.flatMap(({ rules }) => rules).filter(({ packets }) => packets !== null).length;
  const unreached = scenarios
    .map((scenario) => ({ scenario, rules: scenario.rules.filter(({ packets }) => packets === 0) }))
    .filter(({ rules }) => rules.length > 0);
  const reached = counted - unreached.reduce((sum, { rules }) => sum + rules.length, 0);
  return { counted, reached, percent: counted === 0 ? 100 : (100 * reached) / counted, unreached };
}

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
