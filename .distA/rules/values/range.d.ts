import type { PlainParser } from '../extension.js';
/** `a`, `a:b`, `:b` or `a:`. Canonical with both ends, or one number where they are equal. */
export declare function range(what: string, least: number, most: number): PlainParser;
