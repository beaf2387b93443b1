import { isIPv4, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { Family } from '../../model/rule.js';
import { RuleError } from '../rule-error.js';
import { address, parseIPv6 } from './address.js';

const BITS = { ipv4: 32, ipv6: 128 };

/**
 * ADDRESS, ADDRESS/LENGTH or ADDRESS/MASK with a contiguous mask. The canonical form is ADDRESS/LENGTH.
 *
 * @throws RuleError if the address has bits below its prefix
 */
export function prefix(text: string, family: Family): string {
  const slash = text.indexOf('/');
  const host = address(slash === -1 ? text : text.slice(0, slash), family, text);
  const length = slash === -1 ? BITS[family] : getLength(text.slice(slash + 1), family, text);
  if (length === BITS[family]) {
    return `${host}/${length}`;
  }
  const network = address(getNetwork(`${host}/${length}`, family), family);
  if (network !== host) {
    throw new RuleError(`${text} has bits below its prefix: write ${network}/${length} (or ${host})`);
  }
  return `${host}/${length}`;
}

/**
 * Clears the bits below the prefix, as iptables does without a message. A text that is not an address with a mask stays as it is.
 *
 * @throws RuleError for a wrong mask
 */
export function clearHostBits(text: string, family: Family): string {
  const [host = '', mask] = text.split('/');
  if (mask === undefined || !(family === 'ipv4' ? isIPv4(host) : isIPv6(host))) {
    return text;
  }
  return `${getNetwork(`${host}/${getLength(mask, family, text)}`, family)}/${mask}`;
}

function getNetwork(cidr: string, family: Family): string {
  return (family === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6).networkAddressFromCIDR(cidr).toString();
}

function getLength(mask: string, family: Family, text: string): number {
  if (/^(0|[1-9]\d{0,2})$/.test(mask) && Number(mask) <= BITS[family]) {
    return Number(mask);
  }
  const length = toPrefixLength(mask, family);
  if (length !== null) {
    return length;
  }
  throw new RuleError(`"${text}": /${mask} is neither a prefix length from 0 to ${BITS[family]} nor a contiguous mask`);
}

/** The prefix length of a mask in the form of an address. null if it is no mask, or is not contiguous. */
export function toPrefixLength(mask: string, family: Family): number | null {
  if (family === 'ipv4') {
    return isIPv4(mask) ? ipaddr.IPv4.parse(mask).prefixLengthFromSubnetMask() : null;
  }
  return isIPv6(mask) ? parseIPv6(mask).prefixLengthFromSubnetMask() : null;
}
