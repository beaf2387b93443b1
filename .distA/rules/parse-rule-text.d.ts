import type { Entry } from '../model/rule.js';
/**
 * Reads a rule as iptables takes it (iptables(8)): `-A INPUT -j DROP`, or a whole pasted command line. It is IPv4 unless it has an
 * IPv6 address or begins with ip6tables. The back end is the scenario's: a name such as iptables-legacy does not choose it.
 *
 * @throws RuleError for whatever loopfw does not know or cannot allow
 */
export declare function parseRuleText(text: string): Entry;
