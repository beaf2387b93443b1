import type { PlainParser } from '../extension.js';
export interface Masked {
    value: number;
    mask: number;
}
/** VALUE or VALUE/MASK, of 32 bits. */
export declare function readMasked(text: string): Masked;
export declare function printMasked({ value, mask }: Masked): string;
/** VALUE/MASK to match; canonical without a mask of all bits. */
export declare const mark: PlainParser;
/** VALUE/MASK to set; canonical always with the mask. */
export declare const markToSet: PlainParser;
