import { type AddedProbe, addProbe } from '../../../input/drafts/added-probe.js';
import type { ScenarioSource } from '../../../input/load-scenarios.js';
import { listProbes } from '../../../input/scenario/probes/list.js';
import { parseScenarios } from '../../../input/scenario/parse.js';
import type { Mutant } from '../../../model/insight/mutation.js';
import type { Scenario } from '../../../model/scenario.js';
import { runSuite } from '../../run-suite.js';
import { findFitting } from './fitting.js';
import type { MutateOptions } from './run-all.js';

/** The probes that a scenario gets. */
export interface Additions {
  source: ScenarioSource;
  added: AddedProbe[];
  /** Those that do not pass behind the probes that are there already. */
  refused: AddedProbe[];
}

/** The probes that would notice what nobody notices: each once, and each passes behind those that are there already. */
export async function findAdditions(source: ScenarioSource, mutants: Mutant[], options: MutateOptions): Promise<Additions> {
  const wanted = mutants.flatMap(({ rule, suggestion }): AddedProbe[] =>
    suggestion === null ? [] : [{ phase: rule.phase, probe: suggestion.probe, adds: suggestion.adds }],
  );
  const distinct = [...new Map(wanted.map((own) => [JSON.stringify([own.phase, own.probe]), own])).values()];
  const added = await findFitting({ before: [], next: distinct }, (all) => listFailing(source, all, options));
  return { source, added, refused: distinct.filter((own) => !added.includes(own)) };
}

function parse({ value, file, rulesets, scenario: { backends } }: ScenarioSource, added: AddedProbe[]): Scenario | null {
  const text = JSON.stringify(added.reduce(addProbe, value));
  const [scenario] = parseScenarios(text, file, { rulesets }).scenarios;
  return scenario === undefined ? null : { ...scenario, backends };
}

/** The added probes that do not pass; null, if the scenario cannot run with them, or another probe does not pass any more. */
async function listFailing(source: ScenarioSource, added: AddedProbe[], options: MutateOptions): Promise<AddedProbe[] | null> {
  const scenario = parse(source, added);
  if (scenario === null) {
    return null;
  }
  options.onPlanned(scenario.backends.length);
  const { signal, jobs, allowCommands, onDone } = options;
  const { scenarios } = await runSuite([scenario], { signal, jobs, allowCommands, tryAdvice: false, onScenario: onDone });
  signal.throwIfAborted();
  if (scenarios.some(({ error }) => error !== null)) {
    return null;
  }
  const specs = listProbes(scenario);
  const open = new Set(scenarios.flatMap(({ probes }) => probes.flatMap(({ status }, place) => (status === 'passed' ? [] : [place]))));
  const phases = [...new Set(added.map(({ phase }) => phase))];
  const own = phases.flatMap((phase) => {
    const its = added.filter((each) => each.phase === phase);
    const batches = scenario.phases.find(({ name }) => name === phase)?.batches.flat() ?? [];
    const places = batches.filter(({ matrix }) => matrix === null).slice(-its.length);
    return its.map((each, at) => ({ each, place: specs.findIndex(({ index }) => index === places[at]?.index) }));
  });
  const failing = own.filter(({ place }) => open.has(place)).map(({ each }) => each);
  return open.size > failing.length ? null : failing;
}
