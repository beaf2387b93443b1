/** Text to look for. */
export declare function pattern(text: string): string;
/** Text with bytes as |0d 0a| in it. */
export declare function hexPattern(text: string): string;
