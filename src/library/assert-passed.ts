import { AssertionError } from 'node:assert';
import type { Expectation, ProbeResult, Result, ScenarioResult } from '../model/result.js';
import { tellFailures } from '../report/human/failures.js';
import { nameScenario } from '../report/shared/labels.js';
import { countNoun } from '../words/phrases.js';
import { hasPassed } from './suite.js';

/**
 * Throws unless everything passed: the result of runScenario or runSuite, or one of its `scenarios`. The message has the story of each probe
 * that did not pass, with file and line, as the report for people tells it. Test runners show the difference of `actual` and `expected`.
 *
 * @throws AssertionError of node:assert. A run that was aborted, or had no probe, did not pass either
 */
export function assertPassed(result: Result | ScenarioResult): void {
  const isRun = 'scenarios' in result;
  const scenarios = isRun ? result.scenarios : [result];
  const wrong = scenarios.filter((scenario) => !hasPassed(scenario));
  const isAborted = isRun && result.aborted;
  const probes = scenarios.flatMap((scenario) => scenario.probes);
  if (wrong.length === 0 && !isAborted && probes.length > 0) {
    return;
  }
  const failed = wrong.flatMap((scenario) => [...listProbes(scenario), ...listCounters(scenario)]);
  const message = [
    ...(wrong.length > 0 ? [`${wrong.flatMap(listFailedProbes).length} of ${countNoun(probes.length, 'probe')} did not pass`] : []),
    ...(isAborted ? ['the run was aborted, and scenarios that had not finished are missing'] : []),
    ...(probes.length === 0 && !isAborted ? ['there was no probe'] : []),
    ...tellFailures(wrong),
  ].join('\n\n');
  throw new AssertionError({
    message,
    actual: failed.map(({ actual }) => actual),
    expected: failed.map(({ expected }) => expected),
    operator: 'assertPassed',
    stackStartFn: assertPassed,
  });
}

interface Difference {
  actual: object;
  expected: object;
}

function listFailedProbes({ probes }: ScenarioResult): ProbeResult[] {
  return probes.filter(({ status }) => status !== 'passed');
}

/** What each probe saw, and what was expected of it: the same keys in both. A value that is as expected is the same in both. */
function listProbes(scenario: ScenarioResult): Difference[] {
  return listFailedProbes(scenario).map((probe) => {
    const { name, phase, status, expected } = probe;
    const head = { scenario: nameScenario(scenario), ...(phase === null ? {} : { phase }), probe: name };
    const seen = Object.entries(getSeen(probe)).filter(([key]) => Object.hasOwn(expected, key));
    return { actual: { ...head, status, ...Object.fromEntries(seen) }, expected: { ...head, status: 'passed', ...expected } };
  });
}

/** What a probe saw, by the keys of an expectation. */
function getSeen({ expected, observed, cause, rule }: ProbeResult): Record<keyof Expectation, unknown> {
  const { reply = '', afterMs = 0, withinMs = Infinity } = expected;
  const elapsedMs = observed?.elapsedMs ?? null;
  return {
    outcome: observed?.outcome ?? null,
    cause,
    rule: typeof expected.rule === 'number' ? (rule?.index ?? null) : (rule?.name ?? null),
    icmp: observed?.icmp ?? null,
    reply: observed?.reply?.includes(reply) === true ? reply : (observed?.reply ?? null),
    afterMs: elapsedMs !== null && elapsedMs >= afterMs ? afterMs : elapsedMs,
    withinMs: elapsedMs !== null && elapsedMs <= withinMs ? withinMs : elapsedMs,
  };
}

function listCounters(scenario: ScenarioResult): Difference[] {
  const failed = scenario.counters.filter(({ status }) => status !== 'passed');
  return failed.map((counter) => {
    const { expected, observed } = counter;
    const head = { scenario: nameScenario(scenario), counter: `${counter.interface} ${counter.direction}` };
    return { actual: { ...head, packets: observed }, expected: { ...head, packets: expected } };
  });
}
