import { RuleError } from '../rule-error.js';

/** The longest pattern in bytes: XT_STRING_MAX_PATTERN_SIZE (linux/netfilter/xt_string.h). */
const LONGEST = 128;

/** Text to search for. */
export function pattern(text: string): string {
  return print(Buffer.from(text));
}

/** Text that contains bytes as |0d 0a|. */
export function hexPattern(text: string): string {
  const parts = text.split('|');
  if (parts.length % 2 === 0) {
    throw new RuleError(`"${text}": a | has no partner`);
  }
  const bytes = parts.map((part, index) => (index % 2 === 0 ? Buffer.from(part) : readHex(part)));
  return print(Buffer.concat(bytes));
}

function readHex(text: string): Buffer {
  const digits = text.replaceAll(' ', '');
  if (!/^([\da-f]{2})+$/i.test(digits)) {
    throw new RuleError(`"|${text}|" are not bytes: two hexadecimal digits each`);
  }
  return Buffer.from(digits, 'hex');
}

/**
 * Prints the bytes as text if all are printable ASCII, otherwise as |hex|. Text that iptables would misread as |hex|, or as the end of a
 * quotation, is printed as |hex| too.
 */
function print(bytes: Buffer): string {
  if (bytes.length === 0 || bytes.length > LONGEST) {
    throw new RuleError(`the pattern has ${bytes.length} bytes: 1 to ${LONGEST} are possible`);
  }
  const text = bytes.toString('latin1');
  return /^[ -~]*$/.test(text) && !text.endsWith('\\') && !/^\|.*\|$/.test(text) ? text : `|${bytes.toString('hex')}|`;
}
