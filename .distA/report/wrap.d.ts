/** So many columns a report may have. */
export declare const WIDTH = 110;
/** Breaks a text into indented lines of a readable width, at spaces. Width does not depend on the terminal: the report is a function of the result. */
export declare function wrap(text: string, indent: string): string;
