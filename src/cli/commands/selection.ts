import { listProbes } from '../../input/scenario/probes/list.js';
import { UsageError } from '../../model/errors.js';
import type { Scenario } from '../../model/scenario.js';
import { makeHarmless } from '../../words/harmless.js';
import { countNoun } from '../../words/phrases.js';
import { matchNames } from './names.js';

interface Selection {
  /** A scenario must have one of these tags; without tags every scenario is selected. */
  tags: string[];
  /** The scenario's name must match it; null selects every name. */
  grep: RegExp | null;
}

/** The scenarios with one of the tags and a name that matches, in their order. */
export function selectScenarios<S extends Pick<Scenario, 'name' | 'tags'>>(scenarios: S[], { tags, grep }: Selection): S[] {
  const tagged = scenarios.filter((scenario) => tags.length === 0 || tags.some((tag) => scenario.tags.includes(tag)));
  if (grep === null) {
    return tagged;
  }
  const names = tagged.map(({ name }) => name);
  const matches = matchNames(grep, names);
  return tagged.filter((_, place) => matches[place]);
}

/**
 * Checks that a selection leaves a scenario: a run without a probe would look like a run that passed.
 * @throws UsageError where it leaves none
 */
export function assertSelected(selected: Scenario[], all: Scenario[], { tags, grep }: Selection): void {
  if (selected.length > 0) {
    return;
  }
  const asked = [...(tags.length === 0 ? [] : [`the tag ${tags.join(' or ')}`]), ...(grep === null ? [] : [`a name that matches ${grep}`])];
  const known = [...new Set(all.flatMap((scenario) => scenario.tags))].sort();
  const advice = tags.length === 0 ? '' : `; ${known.length === 0 ? 'there are no tags' : `the tags there are: ${known.join(', ')}`}`;
  throw new UsageError(makeHarmless(`nothing to run: of ${countNoun(all.length, 'scenario')} none has ${asked.join(' and ')}${advice}`));
}

/** One line for each scenario: `scenarios/reject.json: a REJECT tells the client at once [reject] (4 probes)`. */
export function listScenarios(scenarios: Scenario[]): string {
  return scenarios.map((scenario) => `${makeHarmless(describe(scenario))}\n`).join('');
}

function describe(scenario: Scenario): string {
  const { file, name, tags } = scenario;
  return `${file}: ${name}${tags.length === 0 ? '' : ` [${tags.join(', ')}]`} (${countNoun(listProbes(scenario).length, 'probe')})`;
}

/** Checks that standard input is used once. @throws UsageError where both the scenarios and the rule set come from it */
export function assertReadOnce(paths: string[], ruleset: string | undefined): void {
  if (ruleset === '-' && paths.includes('-')) {
    throw new UsageError('standard input can be read only once: for scenarios, or for --ruleset');
  }
}
