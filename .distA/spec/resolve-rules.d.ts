import type { ScenarioRule } from '../model/scenario.js';
import { type Place } from './place.js';
import type { ProblemList } from './problem-list.js';
/** What a probe may refer to, and the rules that are in order. */
export interface Rules {
    /** How many entries the file has, in order or not. */
    count: number;
    names: Set<string>;
    rules: ScenarioRule[];
}
/**
 * Reads `rules`, each for itself and then as a set; null where they are no list.
 *
 * @param owner the scenario, or one of its phases
 */
export declare function resolveRules(owner: Place, scenario: Place, problems: ProblemList): Rules | null;
