import type { Family } from '../../model/rule.js';
/** A contiguous mask that is written as an address. */
export declare function maskAddress(text: string, family: Family): string;
