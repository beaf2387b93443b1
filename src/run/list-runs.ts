import type { Backend } from '../model/result.js';
import type { Scenario } from '../model/scenario.js';

/** One scenario on one back end. */
export interface Run {
  scenario: Scenario;
  backend: Backend;
}

/**
 * Lists the runs of scenarios: one for each back end of the scenario, or for each chosen one instead. A back end decides whose iptables
 * applies the rules. A native rule set needs no iptables, so it always runs once.
 */
export function listRuns(scenarios: Scenario[], chosen: Backend[] | undefined): Run[] {
  return scenarios.flatMap((scenario) => getBackends(scenario, chosen).map((backend) => ({ scenario, backend })));
}

function getBackends({ phases, backends }: Scenario, chosen: Backend[] | undefined): Backend[] {
  return phases.some(({ ruleSet }) => ruleSet?.kind === 'nft') ? ['nft'] : (chosen ?? backends);
}
