/** The candidate that was probably meant: the beginning of one, or a few typing errors away. */
export declare function suggestWord(found: string, candidates: Iterable<string>): string | null;
/** What to add to a message about an unknown word: ` (did you mean "…"?)`, or nothing. */
export declare function didYouMean(found: string, candidates: Iterable<string>): string;
