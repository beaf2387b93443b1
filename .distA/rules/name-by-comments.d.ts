import type { ScenarioRule } from '../model/scenario.js';
/** Gives a rule the name that its comment is, where no other rule has that comment. */
export declare function nameByComments(rules: ScenarioRule[]): ScenarioRule[];
