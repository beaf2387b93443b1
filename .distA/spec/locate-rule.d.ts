import type { Diagnostic } from '../model/diagnostic.js';
import type { PlacedRule } from './find-warnings.js';
import { type Place } from './place.js';
import type { ProblemList } from './problem-list.js';
import { type RulesetFiles } from './ruleset-files.js';
/** Where a rule stands: in the scenario file, or in its rule set file. */
export declare function locateRule({ phase, rule }: PlacedRule, scenario: Place, files: RulesetFiles, problems: ProblemList): Omit<Diagnostic, 'message'>;
