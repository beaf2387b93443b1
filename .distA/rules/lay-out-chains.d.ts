import type { Chain } from '../model/plan.js';
import type { Entry, Family } from '../model/rule.js';
import type { OwnRule } from './own-rules.js';
interface Placed {
    index: number | null;
    text: string;
    entries: Entry[];
}
/**
 * What the kernel must hold of a family once all entries are in: every chain that has a rule or a policy, and every user chain, with its lines in
 * their final order. It is reckoned here, not by iptables, so that reading the rule set back is a check of both.
 */
export declare function layOutChains(rules: Placed[], family: Family, own: OwnRule[]): Chain[];
export {};
