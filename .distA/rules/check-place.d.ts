import type { Entry } from '../model/rule.js';
/**
 * What iptables or the kernel refuses in a rule because of the table or chain where it stands.
 *
 * @param origins the built-in chains from which packets come to the rule's chain
 */
export declare function checkPlace(entry: Entry, origins: string[]): string[];
