import type { Entry } from '../model/rule.js';
export interface RuleSetProblem {
    index: number;
    message: string;
}
/**
 * Finds what is wrong with the entries only when they are taken together, in iptables' own terms: entries are obeyed in order, so
 * a chain must be made before it is used, for each family. null stands for rules that have failed already; what may follow from that
 * is not reported.
 *
 * @param nameEntry how a message names another entry
 */
export declare function checkRuleSet(entries: (Entry[] | null)[], nameEntry?: (index: number) => string): RuleSetProblem[];
