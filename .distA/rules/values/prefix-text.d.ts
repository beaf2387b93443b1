import type { PlainParser } from '../extension.js';
/** Text that is put before a message; an empty one is none. */
export declare function prefixText(longest: number): PlainParser;
