import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { quote } from './describe-value.js';

export type AddressRole = 'server' | 'client' | 'destination';

// Measured in a namespace that has only lo, with 127.0.0.1/8: all of 127.0.0.0/8 can be bound, 127.0.0.0 and 127.255.255.255
// too, and a client bound to any of them connects. But connect() to 127.255.255.255, the broadcast address of lo, is ENETUNREACH.
const BROADCAST = '127.255.255.255';

const CHECKS: Record<AddressRole, (address: string, range: string) => string | null> = {
  server: (address, range) => {
    if (address === '0.0.0.0') {
      return null;
    }
    if (address === BROADCAST) {
      return `no client can connect to ${address}, the broadcast address of lo`;
    }
    return range === 'loopback' ? null : `expected an address in 127.0.0.0/8, or 0.0.0.0 for all, found ${quote(address)}`;
  },
  client: (address, range) => (range === 'loopback' ? null : `expected an address in 127.0.0.0/8, found ${quote(address)}`),
  destination: (address, range) => {
    if (address === '0.0.0.0') {
      return 'expected a destination, found "0.0.0.0": did you mean "127.0.0.1"?';
    }
    if (address === BROADCAST) {
      return `no client can connect to ${address}, the broadcast address of lo`;
    }
    return ['unspecified', 'broadcast', 'multicast'].includes(range) ? `expected a unicast address, found ${quote(address)}` : null;
  },
};

/** Why an address cannot stand where it stands; null where it can. The world has lo only. */
export function getAddressProblem(address: string, role: AddressRole): string | null {
  switch (isIP(address)) {
    case 4:
      return CHECKS[role](address, ipaddr.IPv4.parse(address).range());
    case 6:
      return `IPv6 is not supported yet: expected an IPv4 address, found ${quote(address)}`;
    default:
      return `expected a numeric IPv4 address, found ${quote(address)}`;
  }
}
