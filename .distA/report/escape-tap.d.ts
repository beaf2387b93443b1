/**
 * A description of a TAP test point. The TAP 14 specification has `\` and `#` escaped, for ` # skip` would be an instruction to
 * the harness; a `{` at the end would open a buffered subtest for tap-parser.
 */
export declare function escapeTap(text: string): string;
