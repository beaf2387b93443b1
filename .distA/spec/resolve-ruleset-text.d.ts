import type { Backend } from '../model/result.js';
import type { RulesetInput } from '../model/scenario-file.js';
import type { RuleSet } from '../model/scenario.js';
import type { ProblemList } from './problem-list.js';
import type { Rules } from './resolve-rules.js';
import type { RulesetText } from './ruleset-files.js';
/** A rule set, and what probes may call its rules; rules is null where nobody can tell yet. */
export interface OwnRules {
    ruleSet: RuleSet;
    rules: Rules | null;
}
/**
 * Reads the text of a rule set file; what is wrong with it is said line by line.
 *
 * @param onProblem says what is wrong with the file as a whole
 */
export declare function resolveRulesetText(path: string, content: RulesetText, input: Pick<RulesetInput, 'format' | 'family'>, backends: Backend[], problems: ProblemList, onProblem: (message: string) => void): OwnRules;
