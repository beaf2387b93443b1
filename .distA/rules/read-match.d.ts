import type { Draft } from './draft.js';
/** Reads the name of -m. The match whose options follow is the last one of `draft.matches`. */
export declare function readMatch(draft: Draft, given: string): void;
