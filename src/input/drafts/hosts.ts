import ipaddr from 'ipaddr.js';
import type { Family } from '../../model/rule.js';
import { ADDRESS_BITS, getFamily, isSameFamily } from '../../words/addresses.js';
import { getBroadcast, isIn } from '../scenario/world/network.js';

/** The most addresses that are tried for a free one. */
const MOST_TRIES = 200;
/** The length of the network that is drafted around an address. */
const USUAL_LENGTHS: Record<Family, number> = { ipv4: 24, ipv6: 64 };

/** Whether a text is one address: without a length, or with the longest one. */
export function isOne(prefix: string): boolean {
  const length = prefix.split('/')[1];
  return length === undefined || Number(length) === ADDRESS_BITS[getFamily(prefix)];
}

/** The address of an address with a length. */
export function withoutLength(prefix: string): string {
  return prefix.split('/')[0] ?? prefix;
}

export function isLoopback(prefix: string): boolean {
  return ipaddr.parse(withoutLength(prefix)).range() === 'loopback';
}

/** Whether clients and servers can have an address: it is no multicast, broadcast or link-local one. */
export function isUsable(prefix: string): boolean {
  const address = ipaddr.parse(withoutLength(prefix));
  return !['multicast', 'unspecified', 'broadcast', 'linkLocal', 'loopback'].includes(address.range());
}

/** Whether an address belongs to a private network (RFC 1918, ULA). */
export function isPrivate(prefix: string): boolean {
  return ['private', 'uniqueLocal', 'carrierGradeNat'].includes(ipaddr.parse(withoutLength(prefix)).range());
}

/** The network around an address, as the address itself and a length. */
export function addLength(address: string): string {
  return `${address}/${USUAL_LENGTHS[getFamily(address)]}`;
}

/** Whether two prefixes have an address in common. */
export function overlap(one: string, other: string): boolean {
  const full = (prefix: string) => (prefix.includes('/') ? prefix : `${prefix}/${ADDRESS_BITS[getFamily(prefix)]}`);
  return isSameFamily(one, other) && (isIn(withoutLength(one), full(other)) || isIn(withoutLength(other), full(one)));
}

/**
 * An address of a prefix that is not taken: the one at the offset, or one of the next. null if there is none.
 * @param isTaken says it of addresses
 */
export function pickHost(prefix: string, offset: number, isTaken: (address: string) => boolean): string | null {
  if (isOne(prefix)) {
    const address = withoutLength(prefix);
    return isTaken(address) ? null : address;
  }
  const network = ipaddr.parseCIDR(prefix);
  const kind = getFamily(prefix) === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6;
  const start = kind.networkAddressFromCIDR(prefix).toByteArray();
  for (let place = offset; place < offset + MOST_TRIES; place++) {
    const bytes = [...start];
    let rest = place;
    for (let index = bytes.length - 1; index >= 0 && rest > 0; index--) {
      const sum = (bytes[index] ?? 0) + rest;
      bytes[index] = sum % 256;
      rest = Math.floor(sum / 256);
    }
    const address = ipaddr.fromByteArray(bytes);
    const text = address.toString();
    if (address.kind() === network[0].kind() && isIn(text, prefix) && getBroadcast(prefix) !== text && !isTaken(text)) {
      return text;
    }
  }
  return offset > 1 ? pickHost(prefix, 1, isTaken) : null;
}
