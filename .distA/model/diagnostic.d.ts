/** Where something stands in a scenario file; both count from 1. */
export interface Position {
    line: number;
    column: number;
}
/** Something wrong with a scenario file, and where. */
export interface Diagnostic extends Position {
    file: string;
    message: string;
    /** JSON pointer (RFC 6901) of the offending value; null where the file is not JSON. */
    pointer: string | null;
}
