/** ID or FIRST-LAST. */
export declare function idRange(text: string): string;
