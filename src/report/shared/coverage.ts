import type { CoverageTotals, Result, RuleResult, ScenarioResult, Unreached } from '../../model/result.js';

/** How many of the rules the probes reached, and which they did not. */
export interface Coverage extends Omit<CoverageTotals, 'rules'> {
  /**
   * Entries that have a counter. An entry without one (-N, a policy of ACCEPT) does not count. `reached`: those of them that a packet
   * reached. The others are `never`, `unsendable`, `missing` or `unknown`: unknown too where it was not asked for (run --coverage).
   */
  counted: number;
  /** Of the entries that a probe can reach, from 0 to 100: reached ÷ (reached + missing + unknown). 100 if there are none. */
  percent: number;
  /** The entries that no packet reached, by scenario. Scenarios without such entries are left out. */
  unreached: UnreachedRules[];
}

/** The rules of a scenario that no packet reached. */
export interface UnreachedRules {
  scenario: ScenarioResult;
  rules: RuleResult[];
}

/** How many of the rules the probes of a run reached. */
export function getCoverage({ scenarios }: Pick<Result, 'scenarios'>): Coverage {
  const counted = scenarios.flatMap(({ rules }) => rules).filter(({ packets }) => packets !== null).length;
  const unreached = scenarios
    .map((scenario) => ({ scenario, rules: scenario.rules.filter(({ packets }) => packets === 0) }))
    .filter(({ rules }) => rules.length > 0);
  const all = unreached.flatMap(({ rules }) => rules);
  const count = (name: ReturnType<typeof getClass>) => all.filter((rule) => getClass(rule) === name).length;
  const reached = counted - all.length;
  const [missing, unknown] = [count('missing'), count('unknown')];
  const reachable = reached + missing + unknown;
  return {
    ...{ counted, reached, missing, unknown, never: count('never'), unsendable: count('unsendable') },
    percent: reachable === 0 ? 100 : (100 * reached) / reachable,
    unreached,
  };
}

/** Why no packet reached a rule. */
function getClass({ unreached }: RuleResult): Unreached['class'] {
  return unreached?.class ?? 'unknown';
}
