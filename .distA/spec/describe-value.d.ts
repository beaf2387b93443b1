/** Text in quotes, cut where it is long. */
export declare function quote(text: string): string;
/** A JSON value in a few words, for the second half of `expected …, found …`. */
export declare function describeValue(value: unknown): string;
/** `a, b or c` */
export declare function listWords(words: string[], last?: string): string;
