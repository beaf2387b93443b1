import type { Family } from '../../model/rule.js';
import { RuleError } from '../rule-error.js';
import { address } from './address.js';
import { toPrefixLength } from './prefix.js';

/** A contiguous mask in the form of an address. */
export function maskAddress(text: string, family: Family): string {
  if (toPrefixLength(text, family) === null) {
    throw new RuleError(`"${text}" is not a contiguous mask, such as ${family === 'ipv4' ? '255.255.255.0' : 'ffff:ffff::'}`);
  }
  return address(text, family);
}
