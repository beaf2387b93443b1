import type { TraceEvent } from '../../model/evidence.js';
import type { Family } from '../../model/rule.js';

/** The most bytes of a transport header that the nft trace copies. */
const TRANSPORT_BYTES = 20;
/** The longest IPv4 header: 15 words (RFC 791, 3.1). */
const NETWORK_BYTES = 60;
const SHORTEST: Record<Family, number> = { ipv4: 20, ipv6: 40 };
/** Offsets of fields that change on the way. IPv4: time to live and header checksum. IPv6: hop limit. */
const CHANGING: Record<Family, number[]> = { ipv4: [8, 10, 11], ipv6: [7] };
/** The part of an IPv4 header's fragment field that is the offset (RFC 791, 3.1). */
export const FRAGMENT_OFFSET = 0x1fff;

/** The buffer in which each key is built. Joining the parts as strings costs four times as much. */
const scratch = Buffer.alloc(1 + NETWORK_BYTES + TRANSPORT_BYTES);

/**
 * A string made of a packet's headers: the same at each hook that the packet visits, unless a rule rewrites it.
 * It leaves out the time to live, which forwarding decreases, and the IPv4 header checksum, which covers it.
 * The network header alone is not unique: the kernel sends SYN-ACK and RST with identification 0. So the transport header is part of the
 * string. null if the network header is incomplete.
 */
export function getPacketKey(family: Family, { network, transport }: NonNullable<TraceEvent['headers']>): string | null {
  if (network.length < SHORTEST[family]) {
    return null;
  }
  let length = 0;
  scratch[length++] = network.length;
  for (let place = 0; place < network.length && place < NETWORK_BYTES; place++) {
    scratch[length++] = network[place] ?? 0;
  }
  for (const place of CHANGING[family]) {
    scratch[1 + place] = 0;
  }
  const known = getTransportLength(family, network, transport);
  for (let place = 0; place < known; place++) {
    scratch[length++] = transport[place] ?? 0;
  }
  return scratch.toString('latin1', 0, length);
}

/** How many bytes of a transport header are known: none in a later fragment. */
export function getTransportLength(family: Family, network: Uint8Array, transport: Uint8Array): number {
  const isHeadless = family === 'ipv4' && (read16(network, 6) & FRAGMENT_OFFSET) !== 0;
  return isHeadless ? 0 : Math.min(transport.length, TRANSPORT_BYTES);
}

/** A number of 16 bits in network byte order. Bytes behind the end count as 0. A DataView would be one more object for each header. */
export function read16(bytes: Uint8Array, offset: number): number {
  return ((bytes[offset] ?? 0) << 8) | (bytes[offset + 1] ?? 0);
}

/** A signed number of 32 bits. V8 stores it as a small integer, not as an object of 16 bytes. */
export function read32(bytes: Uint8Array, offset: number): number {
  return (read16(bytes, offset) << 16) | read16(bytes, offset + 2);
}
