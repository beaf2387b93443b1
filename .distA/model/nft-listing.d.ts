import type { Step } from './result.js';
/** A native rule set, as `nft list ruleset` shows it. */
export interface NftListing {
    /** In the order of the listing. */
    chains: NftChain[];
    /** The text without what packets change: counters, quotas that are used up, the elements of dynamic sets. */
    lasting: string;
}
export interface NftChain {
    family: 'ip' | 'ip6' | 'inet';
    table: string;
    name: string;
    /** null for a chain that others lead to. */
    base: NftBase | null;
    rules: NftRule[];
}
/** Where a chain hangs. */
export interface NftBase {
    type: string;
    hook: Step['hook'];
    priority: number;
    policy: 'accept' | 'drop';
}
export interface NftRule {
    /** Its number among all rules of the rule set, from 0 in the order of the listing; null for one of loopfw's own. */
    index: number | null;
    handle: string;
    /** As it is listed, without its handle and without what it has counted. */
    text: string;
    comment: string | null;
    /** Whether it answers what it ends. */
    rejects: boolean;
    counter: NftCounter | null;
}
export interface NftCounter {
    packets: number;
    bytes: number;
    /** Whether it counts exactly what matches the whole rule; else conditions follow it. */
    isLast: boolean;
}
