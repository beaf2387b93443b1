import { ERRORS, InternalError } from '../../model/errors.js';
import type { ScenarioResult } from '../../model/result.js';
import type { Scenario } from '../../model/scenario.js';
import { runSuite, type RunOptions } from '../run-suite.js';

/** How long a client waits whose fate no evidence proves. The world is on this machine: an answer takes a millisecond. */
export const WAIT_MS = 300;

/** Runs scenarios that loopfw has made itself, for one result each. @throws the error of a scenario that could not run */
export async function runWhole(
  scenarios: Scenario[],
  options: Pick<RunOptions, 'backends' | 'jobs'> & { signal: AbortSignal },
): Promise<ScenarioResult[]> {
  const { scenarios: results, aborted } = await runSuite(scenarios, { ...options, tryAdvice: false });
  if (aborted || results.length !== scenarios.length) {
    throw new InternalError('aborted');
  }
  const error = results.find((result) => result.error !== null)?.error;
  if (error) {
    throw new ERRORS[error.code](error.message, []);
  }
  return results;
}
