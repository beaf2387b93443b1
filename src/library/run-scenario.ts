import { resolve } from 'node:path';
import { loadObjects } from '../input/load-objects.js';
import type { ScenarioFile } from '../model/scenario-file.js';
import type { RunOptions } from '../run/run-suite.js';
import { findCallSite, toShownPath } from './call-site.js';
import { runSuite, type SuiteResult } from './suite.js';

/** Options of runScenario. */
export interface ScenarioOptions extends RunOptions {
  /** The folder of the scenario's rule set files, and where its programs start. Default: the working folder. */
  folder?: string;
}

/**
 * Runs a scenario that is written as an object, or several. They are what a scenario file has, and are checked in the same way. The result
 * has a scenario for each back end of each object. Its `file` and the lines of its probes are the place of the call, if the stack names it.
 *
 * @throws SpecError with every mistake, each with the JSON pointer of its value; the other errors of runSuite
 */
export async function runScenario(scenario: ScenarioFile, { folder = '', ...options }: ScenarioOptions = {}): Promise<SuiteResult> {
  const place = findCallSite(runScenario);
  return await runSuite(loadObjects(scenario, toShownPath(resolve(folder)), place), options);
}
