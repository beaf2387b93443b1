import type { Family, Negatable } from '../../model/rule.js';
import { RuleError } from '../rule-error.js';
import { prefix } from './prefix.js';

/** The most addresses of a list. Nobody writes a longer list by hand, and two lists in one rule are multiplied. */
const MOST = 256;

/** The prefix of all addresses of a family. iptables-save leaves it out. */
export const ANY_ADDRESS = { ipv4: '0.0.0.0/0', ipv6: '::/0' } satisfies Record<Family, string>;

/**
 * The addresses of -s or -d (iptables(8), -s). null is any address.
 *
 * @throws RuleError for a wrong address, too many addresses, or a negation that never matches
 */
export function addressList(text: string, negated: boolean, family: Family): (Negatable | null)[] {
  const elements = text.split(',');
  if (elements.length > MOST) {
    throw new RuleError(`${elements.length} addresses: at most ${MOST} are supported`);
  }
  return elements.map((element) => {
    const value = prefix(element, family);
    if (value !== ANY_ADDRESS[family]) {
      return { negated, value };
    }
    if (negated) {
      throw new RuleError(`! ${element} would never match`);
    }
    return null;
  });
}
