import { loadScenarios } from '../spec/load-scenarios.js';
import { EXIT_CODES } from './exit-codes.js';

/** `loopfw check`: a line of praise, or every problem. */
export async function checkCommand(paths: string[]): Promise<number> {
  const scenarios = await loadScenarios(paths);
  const files = new Set(scenarios.map(({ file }) => file)).size;
  const probes = scenarios.reduce((sum, scenario) => sum + scenario.probes.length, 0);
  process.stdout.write(`no problems: ${files} files, ${scenarios.length} scenarios, ${probes} probes\n`);
  return EXIT_CODES.passed;
}
