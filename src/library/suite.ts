import type { Result, ScenarioResult } from '../model/result.js';
import type { Scenario } from '../model/scenario.js';
import { runSuite as runAll, type RunOptions } from '../run/run-suite.js';

/** The result document (schema/result.json), and whether all is well. JSON.stringify() writes the document alone. */
export interface SuiteResult extends Result {
  /** Whether the run came to its end, had a probe, and every probe and counter passed. Warnings do not count. */
  readonly ok: boolean;
}

/**
 * Runs scenarios in one sandbox, several at once. The result has them in their own order. If `scenarios` is a promise, the sandbox starts
 * while the scenarios are still being read. A probe that fails is a result, and not an error; so is a scenario that could not run.
 *
 * @throws the reason with which `scenarios` rejects
 * @throws UsageError if `jobs` is not a whole number of 1 or more
 * @throws SpecError for a command that is not allowed, or a client with root's id where root runs loopfw
 * @throws EnvironmentError if this machine cannot make a sandbox, or a scenario needs more file descriptors than it may have
 * @throws InternalError if the sandbox ended while it started
 */
export async function runSuite(scenarios: Scenario[] | Promise<Scenario[]>, options: RunOptions = {}): Promise<SuiteResult> {
  const result = await runAll(scenarios, options);
  const ok = !result.aborted && result.summary.probes > 0 && result.scenarios.every(hasPassed);
  return Object.defineProperty(result, 'ok', { value: ok, enumerable: false }) as SuiteResult;
}

/** Whether every probe and every counter of a scenario passed. */
export function hasPassed({ status, counters }: ScenarioResult): boolean {
  return status === 'passed' && counters.every((counter) => counter.status === 'passed');
}
