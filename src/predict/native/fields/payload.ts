import { type PacketByte, listBytes, listHeaders } from '../../world/bytes.js';
import type { End, Packet } from '../../world/packet.js';
import { fromBits, fromRange, toNumber, type Value } from '../value.js';

/** The place of a field in its header, in bits. */
type Field = readonly [offset: number, length: number];

/** The fields that tell the ends of a packet. */
const ENDS = ['saddr', 'daddr', 'sport', 'dport'];

/** The headers that nft names (payload expressions of nft(8)). */
const HEADERS: Record<string, { isIn: (packet: Packet) => boolean; isNetwork: boolean; fields: Record<string, Field> }> = {
  ip: {
    isIn: ({ family }) => family === 'ipv4',
    isNetwork: true,
    fields: {
      ...{ version: [0, 4], hdrlength: [4, 4], dscp: [8, 6], ecn: [14, 2], length: [16, 16], id: [32, 16], 'frag-off': [48, 16] },
      ...{ ttl: [64, 8], protocol: [72, 8], checksum: [80, 16], saddr: [96, 32], daddr: [128, 32] },
    },
  },
  ip6: {
    isIn: ({ family }) => family === 'ipv6',
    isNetwork: true,
    fields: {
      ...{ version: [0, 4], dscp: [4, 6], ecn: [10, 2], flowlabel: [12, 20], length: [32, 16], nexthdr: [48, 8], hoplimit: [56, 8] },
      ...{ saddr: [64, 128], daddr: [192, 128] },
    },
  },
  tcp: {
    isIn: ({ content }) => content.kind === 'tcp',
    isNetwork: false,
    fields: {
      ...{ sport: [0, 16], dport: [16, 16], sequence: [32, 32], ackseq: [64, 32], doff: [96, 4], reserved: [100, 4], flags: [104, 8] },
      ...{ window: [112, 16], checksum: [128, 16], urgptr: [144, 16] },
    },
  },
  udp: {
    isIn: ({ content }) => content.kind === 'udp',
    isNetwork: false,
    fields: { sport: [0, 16], dport: [16, 16], length: [32, 16], checksum: [48, 16] },
  },
  icmp: {
    isIn: ({ content, family }) => content.kind === 'icmp' && family === 'ipv4',
    isNetwork: false,
    fields: { type: [0, 8], code: [8, 8], checksum: [16, 16], id: [32, 16], sequence: [48, 16], gateway: [32, 32], mtu: [48, 16] },
  },
  icmpv6: {
    isIn: ({ content, family }) => content.kind === 'icmp' && family === 'ipv6',
    isNetwork: false,
    fields: { type: [0, 8], code: [8, 8], checksum: [16, 16], id: [32, 16], sequence: [48, 16], mtu: [32, 32] },
  },
  /** Of whatever protocol it is. */
  th: { isIn: () => true, isNetwork: false, fields: { sport: [0, 16], dport: [16, 16] } },
};

/** The field of a header; null if it is not modelled. A packet of another protocol has none: nft asks for the protocol by itself. */
export function readField(protocol: string, name: string): ((packet: Packet) => Value) | null {
  const header = HEADERS[protocol];
  const field = header?.fields[name];
  if (header === undefined || field === undefined) {
    return null;
  }
  const what = `${protocol} ${name}`;
  const isPort = name === 'sport' || name === 'dport';
  return (packet) => {
    if (!header.isIn(packet)) {
      return 'none';
    }
    const end = packet[name === 'sport' ? 'source' : 'destination'];
    return isPort && end.ports !== null
      ? readPort(end)
      : readBits(listHeaders(getAsked(packet, name)), getStart(packet, header.isNetwork), field, what);
  };
}

/** What a field other than an address or a port reads of a packet: not its ends. */
function getAsked(packet: Packet, name: string): Packet {
  const nobody = { address: '0'.repeat(packet.family === 'ipv4' ? 8 : 32), ports: null };
  return ENDS.includes(name) ? packet : { ...packet, source: nobody, destination: nobody };
}

/** Bits at any place of a packet. nh: from the network header on · th: from the transport header on. */
export function readRaw(base: string, field: Field): ((packet: Packet) => Value) | null {
  return base === 'nh' || base === 'th'
    ? (packet) => readBits(listBytes(packet), getStart(packet, base === 'nh'), field, `@${base},${field.join()}`)
    : null;
}

export function readPort({ ports }: End): Value {
  return ports === null ? 'none' : fromRange(BigInt(ports[0]), BigInt(ports[1]), 'a port that is chosen by the kernel');
}

/** The first byte of a header. */
function getStart({ family }: Packet, isNetwork: boolean): number {
  return isNetwork ? 0 : family === 'ipv4' ? 20 : 40;
}

function readBits(bytes: PacketByte[], start: number, [offset, length]: Field, what: string): Value {
  const [first, end] = [start + Math.floor(offset / 8), start + Math.ceil((offset + length) / 8)];
  if (end > bytes.length) {
    return 'none';
  }
  const own = bytes.slice(first, end);
  const join = (of: 'known' | 'value') => own.reduce((sum, byte) => (sum << 8n) | BigInt(byte[of]), 0n);
  const [shift, mask] = [BigInt((end - start) * 8 - offset - length), (1n << BigInt(length)) - 1n];
  const [value, unknownBits] = [(join('value') >> shift) & mask, ~(join('known') >> shift) & mask];
  return unknownBits === 0n ? toNumber(value) : fromBits(value, unknownBits, what);
}
