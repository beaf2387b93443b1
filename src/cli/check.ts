import { listProbes } from '../spec/list-probes.js';
import { loadScenarios } from '../spec/load-scenarios.js';
import { countNoun } from '../words/phrases.js';
import { assertOutputOpen } from './assert-output-open.js';
import { assertReadOnce } from './assert-read-once.js';
import { EXIT_CODES } from './exit-codes.js';
import { printWarnings } from './print-warnings.js';

export interface CheckCommandOptions {
  ruleset?: string;
}

/** `loopfw check`: prints one line with the counts. @throws SpecError with every problem */
export async function checkCommand(paths: string[], { ruleset }: CheckCommandOptions): Promise<number> {
  assertOutputOpen();
  assertReadOnce(paths, ruleset);
  const scenarios = await loadScenarios(paths, { ruleset });
  printWarnings(scenarios);
  const files = new Set(scenarios.map(({ file }) => file)).size;
  const probes = scenarios.reduce((sum, scenario) => sum + listProbes(scenario).length, 0);
  const counts = [countNoun(files, 'file'), countNoun(scenarios.length, 'scenario'), countNoun(probes, 'probe')];
  process.stdout.write(`no problems: ${counts.join(', ')}\n`);
  return EXIT_CODES.passed;
}
