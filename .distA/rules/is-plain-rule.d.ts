import type { Rule } from '../model/rule.js';
/**
 * Whether a rule has nothing that iptables has to interpret but addresses, interfaces, protocol, ports and the commonest targets, without
 * negations: that those come to the kernel as they are written is tested (test/rules/round-trip.test.ts) and need not be read back each time.
 */
export declare function isPlainRule({ source, destination, inInterface, outInterface, protocol, matches, target }: Rule): boolean;
