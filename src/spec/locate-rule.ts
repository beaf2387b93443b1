import type { Diagnostic } from '../model/diagnostic.js';
import type { PlacedRule } from './find-warnings.js';
import type { Place } from './place.js';
import { getInstead } from './resolve-rule-set.js';
import { getShownPath, type RulesetFiles } from './ruleset-files.js';

/** Where a rule stands: in the scenario file, or in its rule set file. */
export function locateRule({ phase, rule }: PlacedRule, scenario: Place, files: RulesetFiles): Omit<Diagnostic, 'message'> {
  if (rule.line !== null) {
    const own = scenario.member('ruleset').member('file').read<string>() ?? '';
    const path = getInstead(scenario, files)?.path ?? getShownPath(scenario.file, own);
    return { file: path, line: rule.line, column: 1, pointer: null };
  }
  const owner = phase === 0 ? scenario : scenario.member('phases').item(phase - 1);
  // Only lines of a file can be without an index.
  const { file, position, pointer } = owner.member('rules').item(rule.index ?? 0);
  return { file, ...position, pointer };
}
