import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { quote } from '../words/phrases.js';

/**
 * The reason why a text is not a numeric address in its usual spelling, or null if it is one. IPv6 has its shortest form (RFC 5952),
 * without a zone and not mapped from IPv4.
 */
export function getSpellingProblem(address: string): string | null {
  if (isIP(address) === 0) {
    return `expected a numeric address, found ${quote(address)}`;
  }
  const parsed = ipaddr.parse(address);
  if (!(parsed instanceof ipaddr.IPv6)) {
    return null;
  }
  if (address.includes('%')) {
    return `expected an address without a zone, found ${quote(address)}`;
  }
  if (parsed.isIPv4MappedAddress()) {
    return `expected the IPv4 address itself, found ${quote(address)}`;
  }
  return parsed.toString() === address
    ? null
    : `expected the address as it is usually written, ${parsed.toString()}, found ${quote(address)}`;
}
