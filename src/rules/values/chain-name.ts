import { RuleError } from '../rule-error.js';

/** The longest name in bytes: XT_EXTENSION_MAXNAMELEN without its NUL (linux/netfilter/x_tables.h). */
const LONGEST = 28;

/** The name of a chain, built-in or user-defined. */
export function chainName(text: string): string {
  if (/^[-!]/.test(text)) {
    throw new RuleError(`a chain's name cannot begin with "${text[0]}": "${text}"`);
  }
  if (!/^[^\s"'\\]+$/.test(text)) {
    throw new RuleError(`"${text}" is not a chain's name: no spaces, quotes or backslashes`);
  }
  if (Buffer.byteLength(text) > LONGEST) {
    throw new RuleError(`chain "${text}" has a name longer than ${LONGEST} characters`);
  }
  return text;
}
