import { countNoun } from '../report/count-noun.js';
import { listProbes } from '../spec/list-probes.js';
import { loadScenarios } from '../spec/load-scenarios.js';
import { EXIT_CODES } from './exit-codes.js';

/** `loopfw check`: a line of praise, or every problem. */
export async function checkCommand(paths: string[]): Promise<number> {
  const scenarios = await loadScenarios(paths);
  const files = new Set(scenarios.map(({ file }) => file)).size;
  const probes = scenarios.reduce((sum, scenario) => sum + listProbes(scenario).length, 0);
  const counts = [countNoun(files, 'file'), countNoun(scenarios.length, 'scenario'), countNoun(probes, 'probe')];
  process.stdout.write(`no problems: ${counts.join(', ')}\n`);
  return EXIT_CODES.passed;
}
