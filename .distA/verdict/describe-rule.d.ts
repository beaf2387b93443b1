import type { DecidingRule } from '../model/result.js';
/** `rule 0 no-web`, or `the policy -P INPUT DROP`, or in a native rule set `the policy drop of my_input`. */
export declare function nameRule({ index, name, chain, text }: DecidingRule): string;
/** `rule 0 no-web: -A INPUT …`, or the policy. */
export declare function describeRule(rule: DecidingRule): string;
/** A policy without an entry of its own has no index. */
export declare function isPolicy({ index, text }: DecidingRule): boolean;
