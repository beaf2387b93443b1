import { nameCharacter } from './name-character.js';
import { RuleError } from './rule-error.js';

/**
 * Refuses text that cannot be written into one line of iptables-restore. A newline in a comment starts a new rule there. A NUL silently
 * cuts off the rest of the line. An unpaired surrogate is not UTF-8.
 *
 * @throws RuleError with the key, if the text has such a character
 */
export function assertPrintable(text: string, key: string | null = null): void {
  if (/^[ -~]*$/.test(text)) {
    return;
  }
  const found = /[\p{Cc}\p{Cs}\u2028\u2029]/u.exec(text);
  if (found === null) {
    return;
  }
  throw new RuleError(`control character ${nameCharacter(found[0])} in a rule`, key);
}
