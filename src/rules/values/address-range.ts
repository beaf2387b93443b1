import ipaddr from 'ipaddr.js';
import { RuleError } from '../rule-error.js';
import { assertAddress } from './prefix.js';

/** FIRST-LAST, or one address; canonical is always FIRST-LAST. */
export function addressRange(text: string): string {
  const [first, last, ...rest] = text.split('-');
  if (first === undefined || rest.length > 0) {
    throw new RuleError(`"${text}" is not a range of addresses: write FIRST-LAST`);
  }
  const end = last ?? first;
  assertAddress(first, text);
  assertAddress(end, text);
  if (toNumber(first) > toNumber(end)) {
    throw new RuleError(`"${text}" is reversed and would never match`);
  }
  return `${first}-${end}`;
}

function toNumber(address: string): number {
  return ipaddr.IPv4.parse(address).octets.reduce((sum, octet) => sum * 256 + octet, 0);
}
