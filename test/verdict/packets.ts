import type { Packet } from '../../src/model/result.js';

/** What no packet is: a verdict, an explanation and advice rest on data, never on what people read. */
const UNTRUE_TEXT =
  'tcp syn, icmpv6 neighbour-solicitation, udp (1 bytes, a fragment) 127.0.0.2:80 → 127.0.0.9:9, rewritten to 127.0.0.9:9 → 127.0.0.9:9';

/** A packet from the client to the server that is what the data says. */
export function makePacket(kind: Packet['kind'], more: Partial<Packet> = {}): Packet {
  return {
    packet: UNTRUE_TEXT,
    protocol: 'tcp',
    kind,
    source: '127.0.0.1:40000',
    destination: '127.0.0.2:80',
    rewrittenTo: null,
    fragment: false,
    icmp: null,
    conntrack: null,
    direction: 'request',
    sender: 'client',
    causedBy: null,
    fate: 'unknown',
    steps: [],
    ...more,
  };
}
