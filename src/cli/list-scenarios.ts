import type { Scenario } from '../model/scenario.js';
import { listProbes } from '../spec/list-probes.js';
import { makeHarmless } from '../words/harmless.js';
import { countNoun } from '../words/phrases.js';

/** One line for each scenario: `scenarios/reject.json: a REJECT tells the client at once [reject] (4 probes)`. */
export function listScenarios(scenarios: Scenario[]): string {
  return scenarios.map((scenario) => `${makeHarmless(describe(scenario))}\n`).join('');
}

function describe(scenario: Scenario): string {
  const { file, name, tags } = scenario;
  return `${file}: ${name}${tags.length === 0 ? '' : ` [${tags.join(', ')}]`} (${countNoun(listProbes(scenario).length, 'probe')})`;
}
