import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { quote } from './describe-value.js';

export type AddressRole = 'server' | 'client' | 'destination';

// Measured in a namespace that has only lo, with 127.0.0.1/8 and ::1: all of 127.0.0.0/8 can be bound. But to bind 127.255.255.255, the
// broadcast address of lo, leaves a client's source unset (it becomes 127.0.0.1), and to connect there is ENETUNREACH.
const BROADCAST = '127.255.255.255';

const CHECKS: Record<AddressRole, (address: string, range: string) => string | null> = {
  server: (address, range) => {
    if (address === '0.0.0.0' || address === '::') {
      return null;
    }
    if (address === BROADCAST) {
      return `no client can connect to ${address}, the broadcast address of lo`;
    }
    return range === 'loopback' ? null : `expected an address in 127.0.0.0/8, ::1, or 0.0.0.0 or :: for all, found ${quote(address)}`;
  },
  client: (address, range) => {
    if (address === BROADCAST) {
      return `no client can send from ${address}, the broadcast address of lo`;
    }
    return range === 'loopback' ? null : `expected an address in 127.0.0.0/8, or ::1, found ${quote(address)}`;
  },
  destination: (address, range) => {
    if (range === 'unspecified') {
      return `expected a destination, found ${quote(address)}`;
    }
    return range === 'multicast' || address === '255.255.255.255' ? `expected a unicast address, found ${quote(address)}` : null;
  },
};

/** Why an address cannot stand where it stands; null where it can. The world has lo only. */
export function getAddressProblem(address: string, role: AddressRole): string | null {
  const family = isIP(address);
  if (family === 0) {
    return `expected a numeric address, found ${quote(address)}`;
  }
  const parsed = ipaddr.parse(address);
  if (parsed instanceof ipaddr.IPv6) {
    if (address.includes('%')) {
      return `expected an address without a zone, found ${quote(address)}`;
    }
    if (parsed.isIPv4MappedAddress()) {
      return `expected the IPv4 address itself, found ${quote(address)}`;
    }
    if (parsed.toString() !== address) {
      return `expected the address as it is usually written, ${parsed.toString()}, found ${quote(address)}`;
    }
  }
  return CHECKS[role](address, parsed.range());
}
