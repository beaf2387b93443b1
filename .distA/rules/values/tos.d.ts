import type { PlainParser } from '../extension.js';
/** VALUE, VALUE/MASK or a name; canonical always with the mask. */
export declare const tos: PlainParser;
