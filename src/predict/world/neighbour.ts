import { makeIcmp, type Packet } from './packet.js';

/** A packet of neighbour discovery (RFC 4861, 4.3 and 4.4). Its addresses are hexadecimal digits. */
export interface Neighbour {
  type: 'solicitation' | 'advertisement';
  from: string;
  to: string;
}

/** fe80::1, for an address that the kernel has made. */
export const LINK_LOCAL = `fe80${'0'.repeat(27)}1`;
const TYPES: Record<Neighbour['type'], number> = { solicitation: 135, advertisement: 136 };
/** A solicitation goes to a group of the last 24 bits (RFC 4291, 2.7.1): ff02::1:ffXX:XXXX. */
const GROUP = 'ff0200000000000000000001ff';

export function makeNeighbour({ type, from, to }: Neighbour): Packet {
  const address = type === 'solicitation' ? `${GROUP}${to.slice(-6)}` : to;
  const ends = { source: { address: from, ports: null }, destination: { address, ports: null } };
  // The target, and the option of the link-layer address.
  const packet = makeIcmp({ family: 'ipv6', ...ends, sender: 'kernel', payload: '\0'.repeat(24) }, TYPES[type], 0);
  packet.hops = 255;
  return packet;
}
