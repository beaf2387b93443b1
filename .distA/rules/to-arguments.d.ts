import type { Rule } from '../model/rule.js';
/** The arguments of a rule, without its command, in the order of iptables-save. */
export declare function toArguments(rule: Rule): string[];
