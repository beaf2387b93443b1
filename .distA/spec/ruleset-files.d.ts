import type { Scenario } from '../model/scenario.js';
/** A file's text; or why there is none. */
export type RulesetText = {
    text: string;
} | {
    problem: string;
};
/** A rule set for scenarios, in the place of their own. */
export interface RulesetChoice {
    /** As it is shown. */
    path: string;
    content: RulesetText;
    /** Whether a scenario is to have it. */
    isFor: (scenario: Pick<Scenario, 'name' | 'tags'>) => boolean;
}
/** The rule set files of one scenario file. */
export interface RulesetFiles {
    /** The scenario file, as it is shown. */
    scenarioFile: string;
    /** By what the scenarios call them. */
    texts: ReadonlyMap<string, RulesetText>;
    instead: RulesetChoice | null;
}
/** Why a scenario may not name such a file, or null: a scenario that was sent to somebody reads nothing but what came with it. */
export declare function getRulesetPathProblem(file: string): string | null;
/** A rule set's path as it is shown: beside its scenario's. */
export declare function getShownPath(scenarioFile: string, file: string): string;
