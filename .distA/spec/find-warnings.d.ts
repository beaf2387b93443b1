import type { Diagnostic } from '../model/diagnostic.js';
import type { Scenario, ScenarioRule } from '../model/scenario.js';
/** A rule, by the phase that brings it. */
export interface PlacedRule {
    phase: number;
    rule: ScenarioRule;
}
type Parts = Pick<Scenario, 'phases' | 'servers' | 'world'>;
/** What is probably not meant, though the scenario can run so. */
export declare function findWarnings(scenario: Parts, locate: (placed: PlacedRule) => Omit<Diagnostic, 'message'>): Diagnostic[];
export {};
