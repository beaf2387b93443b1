import type { ProbeResult, Result, ScenarioResult } from '../../model/result.js';

/** Probes that did not pass for one reason. */
export interface CauseGroup {
  first: ProbeResult;
  scenario: ScenarioResult;
  /** How many probes they are, and in how many scenarios. */
  probes: number;
  scenarios: number;
}

const WORST = ['error', 'failed', 'inconclusive', 'passed'];

/** What did not pass, a group for each reason: the same status, end and deciding rule. The order is that of the document, the worst first. */
export function groupCauses({ scenarios }: Result): CauseGroup[] {
  const groups = new Map<string, CauseGroup & { names: Set<ScenarioResult> }>();
  // The probes of a scenario that could not run would only repeat its error.
  for (const scenario of scenarios.filter(({ error }) => error === null)) {
    for (const probe of scenario.probes) {
      if (probe.status === 'passed') {
        continue;
      }
      const key = getKey(probe);
      const group = groups.get(key) ?? { first: probe, scenario, probes: 0, scenarios: 0, names: new Set() };
      group.probes += 1;
      group.scenarios = group.names.add(scenario).size;
      groups.set(key, group);
    }
  }
  return [...groups.values()].sort((one, other) => WORST.indexOf(one.first.status) - WORST.indexOf(other.first.status));
}

function getKey({ status, cause, rule, observed, expected, explanation }: ProbeResult): string {
  const end = cause === null ? explanation : [observed?.outcome, expected.outcome, expected.cause];
  return JSON.stringify([status, cause, end, rule && [rule.table, rule.chain, rule.text, rule.file, rule.line]]);
}
