import { constants } from 'node:os';
import { runInNewContext } from 'node:vm';
import { listProbes } from '../../../input/scenario/probes/list.js';
import { UsageError } from '../../../model/errors.js';
import type { Scenario } from '../../../model/scenario.js';
import { printWarning } from '../../../report/shared/diagnostics.js';
import { type FailedScenario, getStateFolder, makeFailedTest } from '../../output/last-failed.js';
import { makeHarmless } from '../../../words/harmless.js';
import { countNoun } from '../../../words/phrases.js';
import { didYouMean } from '../../../words/suggestion.js';

/** The time limit for all names together. A pattern that does not backtrack needs microseconds for each name. */
const LIMIT_MS = 1000;

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
 * Whether a regular expression matches each name, in their order.
 * On a name of forty letters some patterns backtrack for longer than the age of the universe. Only node:vm can interrupt a match.
 * Nothing has run yet, so there is no report: Ctrl-C ends the program.
 * @throws UsageError for a pattern that takes too long
 */
export function matchNames(pattern: RegExp, names: string[]): boolean[] {
  try {
    const context = { pattern, names, matches: [] as boolean[] };
    runInNewContext('for (const name of names) { matches.push(pattern.test(name)); }', context, {
      timeout: LIMIT_MS,
      breakOnSigint: true,
    });
    return context.matches;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED') {
      process.exit(128 + constants.signals.SIGINT);
    }
    if (code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') {
      throw new UsageError(
        `--grep ${pattern}: not done with ${names.length} names after ${LIMIT_MS} ms: write it without a repetition inside a repetition, such as (a+)+`,
      );
    }
    throw error;
  }
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
  const meant = tags.map((tag) => (known.includes(tag) ? '' : didYouMean(tag, known))).join('');
  const there = known.length === 0 ? 'there are no tags' : `the tags there are: ${known.join(', ')}`;
  const advice = tags.length === 0 ? '' : `${meant}; ${there}`;
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

/** The warnings, a line each. Scenarios with the same rule set have the same warnings, which are listed once. */
export function listWarnings(scenarios: Scenario[]): string[] {
  return [...new Set(scenarios.flatMap(({ warnings }) => warnings.map(printWarning)))];
}

/** Checks that standard input is used once. @throws UsageError where both the scenarios and the rule set come from it */
export function assertReadOnce(paths: string[], rulesets: string[] = []): void {
  if (rulesets.includes('-') && paths.includes('-')) {
    throw new UsageError('standard input can be read only once: for scenarios, or for --ruleset');
  }
}

/**
 * Checks that --last-failed has something to run.
 * @throws UsageError where no scenario is noted, or where its file is gone
 */
export function assertFailed(failed: FailedScenario[] | null, paths: string[]): void {
  if (failed?.length === 0 || paths.length === 0) {
    throw new UsageError(makeHarmless(`nothing to run: no scenario of this folder is noted as failed in ${getStateFolder()}`));
  }
}

/** The scenarios that did not pass the last time; null: all. @throws UsageError where none is left */
export function selectFailed(scenarios: Scenario[], failed: FailedScenario[] | null): Scenario[] {
  const selected = failed === null ? scenarios : scenarios.filter(makeFailedTest(failed));
  if (selected.length === 0) {
    throw new UsageError(`nothing to run: of ${countNoun(scenarios.length, 'scenario')} none failed the last time`);
  }
  return selected;
}
