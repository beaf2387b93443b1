import { type Place } from './place.js';
import type { ProblemList } from './problem-list.js';
import { type OwnRules } from './resolve-ruleset-text.js';
import { type RulesetFiles } from './ruleset-files.js';
/**
 * Reads what a scenario has in `rules` or `ruleset`, or a phase of it in `rules`; undefined for a phase that has none.
 *
 * @param owner the scenario, or one of its phases
 */
export declare function resolveRuleSet(owner: Place, scenario: Place, files: RulesetFiles, problems: ProblemList): OwnRules | undefined;
/** The rule set that takes the place of the scenario's own, if one does. */
export declare function getInstead(scenario: Place, { instead }: RulesetFiles, problems: ProblemList): RulesetFiles['instead'];
