import ipaddr from 'ipaddr.js';
import type { Family } from '../../model/rule.js';
import { RuleError } from '../rule-error.js';
import { address } from './address.js';

/** FIRST-LAST, or one address. The canonical form is always FIRST-LAST. */
export function addressRange(text: string, family: Family): string {
  const [first, last, ...rest] = text.split('-');
  if (first === undefined || rest.length > 0) {
    throw new RuleError(`"${text}" is not a range of addresses: write FIRST-LAST`);
  }
  const from = address(first, family, text);
  const to = address(last ?? first, family, text);
  if (isBefore(to, from)) {
    throw new RuleError(`"${text}" is reversed and would never match`);
  }
  return `${from}-${to}`;
}

function isBefore(one: string, other: string): boolean {
  return Buffer.compare(Buffer.from(ipaddr.parse(one).toByteArray()), Buffer.from(ipaddr.parse(other).toByteArray())) < 0;
}
