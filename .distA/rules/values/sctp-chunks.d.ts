/** Kinds of chunks separated by commas, each with the flags it must have (large) and must not have (small). */
export declare function sctpChunks(text: string): string;
