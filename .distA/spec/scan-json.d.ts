/** What is to be known of a text before momoa, which recurses, is let at it. */
export interface Scan {
    /** The text with every comment blanked, so that positions stay. */
    text: string;
    /** Offsets of the brackets that are never closed, outermost first. */
    open: number[];
    problem: {
        offset: number;
        message: string;
    } | null;
}
/**
 * Finds what momoa would not survive or not see: nesting that is too deep, more values than memory, control
 * characters and line ends inside of strings. Comments are blanked because momoa recurses once for each
 * of a row of comments.
 */
export declare function scanJson(text: string): Scan;
