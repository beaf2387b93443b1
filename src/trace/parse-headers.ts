import type { TraceEvent } from '../model/evidence.js';
import type { IcmpName } from '../model/result.js';
import type { Family } from '../model/rule.js';
import { getTransportLength } from './get-packet-key.js';
import { getIcmpKind, getIcmpName, type IcmpKind } from './icmp-names.js';
import { nameAddress } from './name-address.js';
import { read16, read32 } from './read-number.js';

const TCP_FIN = 0x01;
const TCP_SYN = 0x02;
const TCP_RST = 0x04;
const TCP_ACK = 0x10;
const TCP_FLAGS = TCP_FIN | TCP_SYN | TCP_RST | TCP_ACK;

const MORE_FRAGMENTS = 0x2000;
const FRAGMENT_OFFSET = 0x1fff;

/** IANA's numbers (/etc/protocols). */
const PROTOCOLS: Record<number, 'tcp' | 'udp' | 'icmp'> = { 6: 'tcp', 17: 'udp', 1: 'icmp', 58: 'icmp' };

export interface TcpHeader {
  /** Of 32 bits, the first of which is its sign. */
  sequence: number;
  acknowledged: number;
  syn: boolean;
  ack: boolean;
  rst: boolean;
  fin: boolean;
}

export interface IcmpHeader {
  kind: IcmpKind;
  type: number;
  code: number;
  name: IcmpName | null;
  /** The fingerprint of the packet that an error answers. */
  embedded: string | null;
  /** The same where NAT has rewritten that packet, but shared by more. */
  looseEmbedded: string | null;
}

export interface PacketHeaders {
  family: Family;
  protocol: 'tcp' | 'udp' | 'icmp' | number;
  source: string;
  destination: string;
  /** Ports; of an ICMP echo its identifier, both; else 0. */
  sourcePort: number;
  destinationPort: number;
  /** Bytes behind the transport header; 0 where that is unknown. */
  payloadLength: number;
  /**
   * What an ICMP error shows of the packet that it answers. The nft trace copies no more than the first twelve bytes of that, so no port,
   * and no address but the beginning of IPv6's.
   */
  fingerprint: string;
  tcp: TcpHeader | null;
  icmp: IcmpHeader | null;
  /** What getPacketKey() gives for it. */
  key: string;
  /** The same even where NAT rewrites addresses and ports, but shared by more packets. */
  looseKey: string;
  fragment: Fragment | null;
}

/** What a packet of IPv4 is that is a part of a larger one. */
export interface Fragment {
  /** The same for all parts of one. */
  whole: string;
  /** Only the first part has the transport's header. */
  isFirst: boolean;
}

interface IpHeader {
  protocol: number;
  source: string;
  destination: string;
  /** Bytes behind the IP header. */
  length: number;
  fingerprint: string;
  /** IPv4's identification, IPv6's flow label. */
  identification: number;
  fragment: Fragment | null;
}

/**
 * Reads the headers of a traced packet: IPv4 (RFC 791) or IPv6 (RFC 8200), TCP (RFC 9293), UDP (RFC 768), ICMP (RFC 792, RFC 4443).
 *
 * @param key what getPacketKey() gives for them, which says that there is a whole network header
 */
export function parseHeaders(family: Family, { network, transport }: NonNullable<TraceEvent['headers']>, key: string): PacketHeaders {
  const ip = family === 'ipv4' ? parseIpv4(network) : parseIpv6(network);
  const known = getTransportLength(family, network, transport);
  const protocol = PROTOCOLS[ip.protocol] ?? ip.protocol;
  const tcp = protocol === 'tcp' && known >= 20 ? parseTcp(transport) : null;
  const icmp = protocol === 'icmp' && known >= 8 ? parseIcmp(family, transport, known) : null;
  const hasPorts = (protocol === 'tcp' || protocol === 'udp') && known >= 4;
  const identifier = icmp?.kind === 'echo-request' || icmp?.kind === 'echo-reply' ? read16(transport, 4) : 0;
  return {
    family,
    protocol,
    source: ip.source,
    destination: ip.destination,
    sourcePort: hasPorts ? read16(transport, 0) : identifier,
    destinationPort: hasPorts ? read16(transport, 2) : identifier,
    payloadLength: getPayloadLength(protocol, ip.length, transport, known),
    fingerprint: ip.fingerprint,
    tcp,
    icmp,
    key,
    // NAT comes to no parts: connection tracking puts them together first.
    looseKey: ip.fragment?.isFirst === false ? `part ${key}` : getLooseKey(key, ip, tcp, icmp, transport, known),
    fragment: ip.fragment,
  };
}

function parseIpv4(header: Uint8Array): IpHeader {
  return {
    protocol: header[9] ?? 0,
    source: nameAddress('ipv4', header, 12),
    destination: nameAddress('ipv4', header, 16),
    length: read16(header, 2) - ((header[0] ?? 0) & 0xf) * 4,
    fingerprint: getFingerprint('ipv4', header, 0),
    identification: read16(header, 4),
    fragment: getFragment(header),
  };
}

/** Those of one packet share its identification, addresses and protocol (RFC 791, 2.3). */
function getFragment(header: Uint8Array): Fragment | null {
  const place = read16(header, 6) & (MORE_FRAGMENTS | FRAGMENT_OFFSET);
  if (place === 0) {
    return null;
  }
  const whole = [read16(header, 4), header[9], read32(header, 12), read32(header, 16)].join(' ');
  return { whole, isFirst: (place & FRAGMENT_OFFSET) === 0 };
}

function parseIpv6(header: Uint8Array): IpHeader {
  return {
    protocol: header[6] ?? 0,
    source: nameAddress('ipv6', header, 8),
    destination: nameAddress('ipv6', header, 24),
    length: read16(header, 4),
    fingerprint: getFingerprint('ipv6', header, 0),
    identification: read32(header, 0) & 0xfffff,
    fragment: null,
  };
}

/**
 * IPv4: protocol, length, identification, and a checksum that covers the addresses. IPv6 has none of the latter two, but a flow label.
 * Numbers as characters of 16 bits, which take a sixth of the time that digits do; the families have not equally many.
 */
function getFingerprint(family: Family, bytes: Uint8Array, offset: number): string {
  return family === 'ipv4'
    ? String.fromCharCode(bytes[offset + 9] ?? 0, read16(bytes, offset + 2), read16(bytes, offset + 4), getSumOfConstant(bytes, offset))
    : getLooseFingerprint(family, bytes, offset);
}

/** What NAT leaves of it. */
function getLooseFingerprint(family: Family, bytes: Uint8Array, offset: number): string {
  return family === 'ipv4'
    ? String.fromCharCode(bytes[offset + 9] ?? 0, read16(bytes, offset + 2), read16(bytes, offset + 4))
    : String.fromCharCode(bytes[offset + 6] ?? 0, read16(bytes, offset + 4), read16(bytes, offset), read16(bytes, offset + 2), 0);
}

/** What the header's checksum says of all but the time to live: it is the complement of a sum modulo 65535 (RFC 1071). */
function getSumOfConstant(bytes: Uint8Array, offset: number): number {
  const sum = ~read16(bytes, offset + 10) & 0xffff;
  return (sum + 0xffff - ((bytes[offset + 8] ?? 0) << 8)) % 0xffff;
}

/** Of TCP all but ports, of an ICMP error what it answers; else the bytes behind ports and checksum, and of ICMP what it is. */
function getLooseKey(
  key: string,
  ip: IpHeader,
  tcp: TcpHeader | null,
  icmp: IcmpHeader | null,
  transport: Uint8Array,
  known: number,
): string {
  const { protocol, length, identification } = ip;
  if (tcp !== null) {
    const { sequence, acknowledged } = tcp;
    const flags = (transport[13] ?? 0) & TCP_FLAGS;
    return String.fromCharCode(
      protocol,
      flags,
      length,
      identification >>> 16,
      identification,
      sequence >>> 16,
      sequence,
      acknowledged >>> 16,
      acknowledged,
    );
  }
  // The transport header is what a key ends with.
  const content = icmp?.looseEmbedded ?? key.slice(key.length - known + 8);
  return `${protocol}/${length}/${identification}/${icmp?.type}/${icmp?.code}/${content}`;
}

function parseTcp(bytes: Uint8Array): TcpHeader {
  const flags = bytes[13] ?? 0;
  return {
    sequence: read32(bytes, 4),
    acknowledged: read32(bytes, 8),
    syn: (flags & TCP_SYN) !== 0,
    ack: (flags & TCP_ACK) !== 0,
    rst: (flags & TCP_RST) !== 0,
    fin: (flags & TCP_FIN) !== 0,
  };
}

function parseIcmp(family: Family, bytes: Uint8Array, length: number): IcmpHeader {
  const [type, code] = [bytes[0] ?? 0, bytes[1] ?? 0];
  const kind = getIcmpKind(family, type);
  const isEmbedding = kind === 'error' && length >= 20;
  return {
    kind,
    type,
    code,
    name: getIcmpName(family, type, code),
    embedded: isEmbedding ? getFingerprint(family, bytes, 8) : null,
    looseEmbedded: isEmbedding ? getLooseFingerprint(family, bytes, 8) : null,
  };
}

function getPayloadLength(protocol: PacketHeaders['protocol'], length: number, transport: Uint8Array, known: number): number {
  if (protocol === 'tcp') {
    return known < 13 ? 0 : length - ((transport[12] ?? 0) >> 4) * 4;
  }
  return Math.max(0, length - 8);
}
