import { nameCharacter } from '../words/harmless.js';
import { RuleError } from './rule-error.js';

/**
 * Refuses what cannot be written into one line of iptables-restore: a newline in a comment starts a new rule there, a NUL
 * cuts the rest of the line off silently, and half a surrogate pair is not UTF-8.
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
