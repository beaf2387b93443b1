import type { PlainParser } from '../extension.js';
import { RuleError } from '../rule-error.js';

/**
 * Makes a parser for the name of an object that the kernel shows as a file in /proc. It accepts the characters that are safe there.
 * Shorewall uses %CURRENTTIME.
 */
export function objectName(what: string, longest: number): PlainParser {
  return (text) => {
    if (/^[\w%][\w%.-]*$/.test(text) && text.length <= longest) {
      return text;
    }
    throw new RuleError(`"${text}" is not a name for ${what}: letters, digits, _ % . and -, at most ${longest}`);
  };
}
