import type { Family } from '../model/rule.js';
import type { ScenarioRule } from '../model/scenario.js';
import { type RulesetProblem } from './section-reader.js';
export interface ParsedRuleset {
    rules: ScenarioRule[];
    /** By line. */
    problems: RulesetProblem[];
}
/**
 * Reads a file that iptables-save(8) has written, or a person for iptables-restore(8): every line that is wrong or that loopfw does not
 * support is a problem. Rules are counted from 0; policies and chains are not.
 */
export declare function parseRuleset(text: string, family: Family): ParsedRuleset;
