import type { Rule } from '../model/rule.js';
/** A rule's arguments after its chain, quoted as iptables-restore reads them. */
export declare function printRule(rule: Rule): string;
