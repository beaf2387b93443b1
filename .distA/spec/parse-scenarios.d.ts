import type { Diagnostic } from '../model/diagnostic.js';
import type { Scenario } from '../model/scenario.js';
import { parseJson } from './parse-json.js';
import type { RulesetChoice, RulesetText } from './ruleset-files.js';
export interface ParseOptions {
    /** The texts of the rule set files that the scenarios name, by what they call them. loadScenarios reads them itself. */
    rulesets?: ReadonlyMap<string, RulesetText>;
    /** A rule set for the scenarios, in the place of their own. */
    instead?: RulesetChoice | null;
}
interface Parsed {
    scenarios: Scenario[];
    diagnostics: Diagnostic[];
}
/** What a file's text says: its scenarios, or everything that is wrong with it, by line and column. */
export declare function parseScenarios(text: string, file: string, options?: ParseOptions): Parsed;
/** What a file says that has been parsed already. */
export declare function resolveDocument(json: ReturnType<typeof parseJson>, file: string, { rulesets, instead }: ParseOptions): Parsed;
export {};
