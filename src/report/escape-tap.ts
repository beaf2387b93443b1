import { makeHarmless } from '../words/harmless.js';

/**
 * A description of a TAP test point. The TAP 14 specification has `\` and `#` escaped, for ` # skip` would be an instruction to
 * the harness; a `{` at the end would open a buffered subtest for tap-parser.
 */
export function escapeTap(text: string): string {
  return makeHarmless(text.trim())
    .replace(/\{$/, '\\u{7b}')
    .replace(/[\\#]/g, (character) => `\\${character}`);
}
