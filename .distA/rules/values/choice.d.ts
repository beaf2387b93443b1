import type { PlainParser } from '../extension.js';
/** One of some words, in any case. */
export declare function choice(what: string, words: readonly string[]): PlainParser;
