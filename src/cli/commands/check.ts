import { loadScenarios } from '../../input/load-scenarios.js';
import { listProbes } from '../../input/scenario/probes/list.js';
import { countNoun } from '../../words/phrases.js';
import { EXIT_CODES } from '../output/exit-codes.js';
import { assertOutputOpen } from '../output/standard-output.js';
import { isStrict } from '../output/switches.js';
import { getPaths, noteSkipped } from './run/paths.js';
import { assertReadOnce, listWarnings } from './run/selection.js';

export interface CheckCommandOptions {
  ruleset?: string[];
  strict?: boolean;
}

/**
 * `loopfw check`: prints one line with the counts, and the warnings on standard error. Returns the exit code.
 * @throws SpecError with every problem
 */
export async function checkCommand(named: string[], { ruleset, strict }: CheckCommandOptions): Promise<number> {
  assertOutputOpen();
  const paths = getPaths(named);
  assertReadOnce(paths, ruleset);
  const scenarios = await loadScenarios(paths, { rulesets: ruleset, onSkipped: noteSkipped });
  const warnings = listWarnings(scenarios);
  process.stderr.write(warnings.map((line) => `${line}\n`).join(''));
  const files = new Set(scenarios.map(({ file }) => file)).size;
  const probes = scenarios.reduce((sum, scenario) => sum + listProbes(scenario).length, 0);
  const counts = [countNoun(files, 'file'), countNoun(scenarios.length, 'scenario'), countNoun(probes, 'probe')];
  const isFailure = warnings.length > 0 && isStrict(strict);
  const counted = `no problems, ${countNoun(warnings.length, 'warning')}${isFailure ? ' (a failure with --strict)' : ''}`;
  const found = warnings.length === 0 ? 'no problems' : counted;
  process.stdout.write(`${found}: ${counts.join(', ')}\n`);
  return isFailure ? EXIT_CODES.failed : EXIT_CODES.passed;
}
