import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { quote } from '../words/phrases.js';

/** Why a text is no address as it is usually written; null where it is one. */
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
