import type { Entry } from '../model/rule.js';
/** An entry as one line of iptables arguments, for people; parseRuleText reads it back. */
export declare function printEntry(entry: Entry): string;
