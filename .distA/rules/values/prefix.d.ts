import type { Family } from '../../model/rule.js';
/** An address, address/length or address/mask with a contiguous mask; canonical is address/length, without bits below the prefix. */
export declare function prefix(text: string, family: Family): string;
/** The same with the bits below the prefix cleared, as iptables does without a word; what is no address stays as it is. */
export declare function clearHostBits(text: string, family: Family): string;
/** How long a prefix a mask that is written as an address leaves; null where it has holes, or is none. */
export declare function toPrefixLength(mask: string, family: Family): number | null;
