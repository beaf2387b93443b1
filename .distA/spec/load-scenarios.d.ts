import type { Scenario } from '../model/scenario.js';
export interface LoadOptions {
    /** A rule set file for the scenarios in the place of their own rules, wherever it is; "-" is standard input. */
    ruleset?: string | undefined;
    /** Which scenarios are to have it: all, unless said. */
    selects?: (scenario: Pick<Scenario, 'name' | 'tags'>) => boolean;
}
/**
 * Reads scenarios from files, from folders at any depth, and from standard input, for which `-` stands.
 * A file that is found twice is read once.
 *
 * @throws {SpecError} with everything that is wrong with any of them: by file in the order given, then by line and column
 */
export declare function loadScenarios(paths: string[], { ruleset, selects }?: LoadOptions): Promise<Scenario[]>;
