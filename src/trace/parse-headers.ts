import type { TraceEvent } from '../model/evidence.js';

const PROTOCOL_ICMP = 1;
const PROTOCOL_TCP = 6;

const TCP_FIN = 0x01;
const TCP_SYN = 0x02;
const TCP_RST = 0x04;
const TCP_ACK = 0x10;

export interface TcpHeader {
  sequence: number;
  acknowledged: number;
  syn: boolean;
  ack: boolean;
  rst: boolean;
  fin: boolean;
  payloadLength: number;
}

export interface IcmpHeader {
  type: number;
  code: number;
  /**
   * Identification, length and checksum of the IPv4 header that an error embeds: a trace shows no more of it than its first
   * twelve bytes, so no address and no port. The checksum covers the addresses.
   */
  embedded: string | null;
}

export interface PacketHeaders {
  protocol: number;
  source: string;
  destination: string;
  /** Ports; 0 for a protocol without. */
  sourcePort: number;
  destinationPort: number;
  /** What an ICMP error that answers this packet embeds of it. */
  fingerprint: string;
  tcp: TcpHeader | null;
  icmp: IcmpHeader | null;
  /** The same for every hook that one packet visits, as long as nothing rewrites it. */
  key: string;
}

/** Reads an IPv4 header (RFC 791) and as much of the TCP (RFC 9293) or ICMP (RFC 792) header as the kernel's trace copies. */
export function parseHeaders({ network, transport }: NonNullable<TraceEvent['headers']>): PacketHeaders | null {
  const ip = toView(network);
  if (ip.byteLength < 20 || ip.getUint8(0) >> 4 !== 4) {
    return null;
  }
  const body = toView(transport);
  const protocol = ip.getUint8(9);
  const tcp = protocol === PROTOCOL_TCP && body.byteLength >= 20 ? parseTcp(ip, body) : null;
  const icmp = protocol === PROTOCOL_ICMP && body.byteLength >= 8 ? parseIcmp(body) : null;
  return {
    protocol,
    source: readAddress(ip, 12),
    destination: readAddress(ip, 16),
    sourcePort: tcp ? body.getUint16(0) : 0,
    destinationPort: tcp ? body.getUint16(2) : 0,
    fingerprint: getFingerprint(ip),
    tcp,
    icmp,
    // The transport header tells apart what the IP header cannot: the kernel sends SYN-ACK and RST with identification 0.
    key: `${toHex(network)} ${toHex(transport)}`,
  };
}

function parseTcp(ip: DataView, body: DataView): TcpHeader {
  const flags = body.getUint8(13);
  return {
    sequence: body.getUint32(4),
    acknowledged: body.getUint32(8),
    syn: (flags & TCP_SYN) !== 0,
    ack: (flags & TCP_ACK) !== 0,
    rst: (flags & TCP_RST) !== 0,
    fin: (flags & TCP_FIN) !== 0,
    payloadLength: ip.getUint16(2) - (ip.getUint8(0) & 0xf) * 4 - (body.getUint8(12) >> 4) * 4,
  };
}

function parseIcmp(body: DataView): IcmpHeader {
  const embedded = body.byteLength >= 20 ? new DataView(body.buffer, body.byteOffset + 8, 12) : null;
  return { type: body.getUint8(0), code: body.getUint8(1), embedded: embedded && getFingerprint(embedded) };
}

function getFingerprint(ip: DataView): string {
  return [ip.getUint8(9), ip.getUint16(2), ip.getUint16(4), ip.getUint16(10)].join('/');
}

function readAddress(view: DataView, offset: number): string {
  return [0, 1, 2, 3].map((byte) => view.getUint8(offset + byte)).join('.');
}

function toView(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}
