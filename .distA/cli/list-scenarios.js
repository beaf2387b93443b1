import { countNoun } from '../report/count-noun.js';
import { makeHarmless } from '../report/make-harmless.js';
import { listProbes } from '../spec/list-probes.js';
/** A line a scenario: `scenarios/reject.json: a REJECT tells the client at once [reject] (4 probes)`. */
export function listScenarios(scenarios) {
    return scenarios.map((scenario) => `${makeHarmless(describe(scenario))}\n`).join('');
}
function describe(scenario) {
    const { file, name, tags } = scenario;
    return `${file}: ${name}${tags.length === 0 ? '' : ` [${tags.join(', ')}]`} (${countNoun(listProbes(scenario).length, 'probe')})`;
}
