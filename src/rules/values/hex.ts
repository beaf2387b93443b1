import type { PlainParser } from '../extension.js';
import { RuleError } from '../rule-error.js';

/** A number from 0 to most, decimal or hexadecimal. A leading zero is refused, because iptables reads 010 as 8. */
export function readNumber(what: string, text: string, most: number): number {
  const number = /^(0|[1-9]\d{0,9}|0x[\da-f]{1,8})$/i.test(text) ? Number(text) : NaN;
  if (number <= most) {
    return number;
  }
  throw new RuleError(`"${text}" is not ${what}: a number from 0 to ${most}, or in hexadecimal to ${toHex(most)}`);
}

export function toHex(number: number, digits = 1): string {
  return `0x${(number >>> 0).toString(16).padStart(digits, '0')}`;
}

/** Makes a parser for a decimal or hexadecimal number. The canonical form is hexadecimal, with at least `digits` digits. */
export function hex(what: string, most: number, digits = 1): PlainParser {
  return (text) => toHex(readNumber(what, text, most), digits);
}
