import { type RulesetText } from './ruleset-files.js';
/** Reads the rule set files that the scenarios of a file name, once each. @param known what other scenario files have had read, by path */
export declare function readRulesets(document: unknown, scenarioFile: string, known: Map<string, RulesetText>): Promise<Map<string, RulesetText>>;
/** Reads the rule set file that somebody has named, wherever it is; "-" is standard input. */
export declare function readRuleset(path: string): Promise<RulesetText>;
