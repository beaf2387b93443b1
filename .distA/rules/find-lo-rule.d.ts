import type { Family } from '../model/rule.js';
import type { ScenarioRule } from '../model/scenario.js';
/**
 * The rule that accepts all that comes in by lo before rules that would otherwise be met: in INPUT, or in a chain to which every packet goes
 * from there. null where there is none. It is usually the first rule of a server's, and of such a rule set a probe on lo shows nothing.
 */
export declare function findLoRule(rules: ScenarioRule[], family: Family): ScenarioRule | null;
