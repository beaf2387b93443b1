/** The part of a page below one of its headings, with it: up to the next heading of its level or above. Empty where there is none. */
export declare function getSection(markdown: string, heading: string): string;
/** The first line of text below the first heading: what a page says in one sentence. */
export declare function getSummary(markdown: string): string;
