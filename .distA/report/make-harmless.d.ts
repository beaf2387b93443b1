/** Text from a file or a path, safe to print on a terminal: what could steer or deceive a reader is written as \u{…}. */
export declare function makeHarmless(text: string): string;
