import type { Entry, Family } from '../model/rule.js';
import type { Argument } from './argument.js';
/**
 * Turns the arguments of one iptables command into an entry.
 *
 * @param family null where only an address can tell: the rule is IPv4, as with iptables, unless it has an IPv6 address
 * @param makeArguments the arguments as they are for a family
 * @param allowsReserved whether targets may occur that only loopfw itself places
 * @throws RuleError with the key of the argument at fault, where it has one
 */
export declare function parseArguments(family: Family | null, makeArguments: (family: Family) => Argument[], allowsReserved?: boolean): Entry;
