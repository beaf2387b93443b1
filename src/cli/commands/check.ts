import { loadScenarios } from '../../input/load-scenarios.js';
import { listProbes } from '../../input/scenario/probes/list.js';
import { countNoun } from '../../words/phrases.js';
import { EXIT_CODES } from '../output/exit-codes.js';
import { assertOutputOpen } from '../output/standard-output.js';
import { assertReadOnce, printWarnings } from './selection.js';

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
