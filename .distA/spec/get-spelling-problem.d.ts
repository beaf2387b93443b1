/** Why a text is no address as it is usually written; null where it is one. */
export declare function getSpellingProblem(address: string): string | null;
