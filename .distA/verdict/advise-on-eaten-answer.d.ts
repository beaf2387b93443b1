import type { Case } from '../model/case.js';
/** How the client can be told all the same: an address that the rule does not meet, or the answers let in first. */
export declare function adviseOnEatenAnswer({ from, to, rules, rule, journey }: Case): string;
