/** The name of a chain, built-in or the user's. */
export declare function chainName(text: string): string;
