import type { PlainParser } from '../extension.js';
import { RuleError } from '../rule-error.js';

/** Makes a parser for a decimal number from least to most. Hexadecimal and leading zeros are refused, because iptables reads 010 as 8. */
export function integer(what: string, least: number, most: number): PlainParser {
  return (text) => {
    if (/^(0|[1-9]\d{0,15})$/.test(text) && Number(text) >= least && Number(text) <= most) {
      return text;
    }
    throw new RuleError(`"${text}" is not ${what}: a decimal number from ${least} to ${most}`);
  };
}
