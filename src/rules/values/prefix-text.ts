import type { PlainParser } from '../extension.js';
import { RuleError } from '../rule-error.js';

/** Makes a parser for the text that is put before a log message. */
export function prefixText(longest: number): PlainParser {
  return (text) => {
    if (Buffer.byteLength(text) > longest) {
      throw new RuleError(`the prefix has ${Buffer.byteLength(text)} bytes: at most ${longest} fit`);
    }
    return text;
  };
}
