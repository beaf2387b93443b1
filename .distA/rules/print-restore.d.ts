import type { Chain } from '../model/plan.js';
import type { Entry, Family } from '../model/rule.js';
import type { OwnRule } from './own-rules.js';
/**
 * The input of iptables-restore(8), or of ip6tables-restore(8), for all entries of a family.
 *
 * A header line of a built-in chain makes iptables-restore wait 8–15 ms for the kernel, so there is one only where the policy is not
 * ACCEPT. loopfw's own rules come last in their section: a user's -I would push them down otherwise.
 *
 * @param left what may still be there of earlier rule sets: their tables are emptied, and their policies taken back
 */
export declare function printRestore(entries: Entry[], family: Family, ours: OwnRule[], left?: Chain[]): string;
