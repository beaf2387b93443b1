import type { HeldRule } from '../model/evidence.js';
import type { IptablesFirewall } from '../model/plan.js';
import type { KnownChain } from './known-chain.js';
/**
 * What the plan says of the chains that iptables has made.
 * @param handles the kernel's names for the rules, where it has such: each chain's in their order, as the plan holds its lines in theirs
 */
export declare function knowIptables(firewalls: IptablesFirewall[], handles: Omit<HeldRule, 'packets' | 'bytes'>[]): KnownChain[];
