import { makeHarmless } from '../words/harmless.js';

/**
 * The description of a TAP test point. TAP 14 requires `\` and `#` to be escaped, because ` # skip` is a directive. For tap-parser, a `{`
 * at the end would start a buffered subtest.
 */
export function escapeTap(text: string): string {
  return makeHarmless(text.trim())
    .replace(/\{$/, '\\u{7b}')
    .replace(/[\\#]/g, (character) => `\\${character}`);
}
