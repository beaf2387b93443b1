import { RuleError } from '../rule-error.js';

const LONGEST = 255;

/** Any text of at most 255 bytes. iptables cuts a longer text without a message. */
export function comment(text: string): string {
  const bytes = Buffer.byteLength(text);
  if (bytes > LONGEST) {
    throw new RuleError(`the comment has ${bytes} bytes: at most ${LONGEST} fit`);
  }
  return text;
}
