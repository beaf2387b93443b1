import type { TraceEvent } from '../model/evidence.js';
import type { Family } from '../model/rule.js';
import { read16 } from './read-number.js';

/** As much of a transport header as the nft trace copies. */
const TRANSPORT_BYTES = 20;
/** The longest header of IPv4 (RFC 791, 3.1): 15 words. */
const NETWORK_BYTES = 60;
const SHORTEST: Record<Family, number> = { ipv4: 20, ipv6: 40 };
/** Where time to live and checksum are; hop limit. */
const CHANGING: Record<Family, number[]> = { ipv4: [8, 10, 11], ipv6: [7] };
const FRAGMENT_OFFSET = 0x1fff;

/** The key's bytes, one packet's at a time: its parts side by side as strings cost four times as much. */
const scratch = Buffer.alloc(1 + NETWORK_BYTES + TRANSPORT_BYTES);

/**
 * A packet's headers as a string: the same at every hook that one packet visits, as long as nothing rewrites it. Its time to live, which
 * forwarding takes from, is not in it, nor is the checksum over that. The transport header tells apart what the network header cannot: the
 * kernel sends SYN-ACK and RST with identification 0. null where there is no whole network header.
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

/** How much of a transport header there is: none in a later part of a packet. */
export function getTransportLength(family: Family, network: Uint8Array, transport: Uint8Array): number {
  const isHeadless = family === 'ipv4' && (read16(network, 6) & FRAGMENT_OFFSET) !== 0;
  return isHeadless ? 0 : Math.min(transport.length, TRANSPORT_BYTES);
}
