import type { Family, Policy, Rule, Table } from '../model/rule.js';
export interface SavedChain {
    table: Table;
    name: string;
    /** null for a user chain. */
    policy: Policy | null;
    /** What the policy did; a user chain counts nothing. */
    packets: number;
    bytes: number;
    rules: {
        rule: Rule;
        packets: number;
        bytes: number;
    }[];
}
/**
 * Reads what `iptables-save -c` (iptables-save(8)), or `ip6tables-save -c`, prints: tables, chains, policies, rules and their counters.
 *
 * @throws RuleError for anything else. A table that iptables cannot show completely is only a comment in its output, so that is refused, too.
 */
export declare function parseSave(text: string, family: Family): SavedChain[];
