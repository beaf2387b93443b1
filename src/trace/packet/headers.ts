import type { TraceEvent } from '../../model/evidence.js';
import type { IcmpName } from '../../model/result.js';
import type { Family } from '../../model/rule.js';
import { nameAddress } from './addresses.js';
import { getIcmpKind, getIcmpName, type IcmpKind } from './icmp.js';
import { FRAGMENT_OFFSET, getTransportLength, read16, read32 } from './key.js';

const TCP_FIN = 0x01;
const TCP_SYN = 0x02;
const TCP_RST = 0x04;
const TCP_ACK = 0x10;
const TCP_FLAGS = TCP_FIN | TCP_SYN | TCP_RST | TCP_ACK;

const MORE_FRAGMENTS = 0x2000;
/** The number of IPv6's fragment header (RFC 8200, 4.5). */
const FRAGMENT_HEADER = 44;
const FRAGMENT_SIZE = 8;
const IPV6_SIZE = 40;
const [UDP, ICMPV6] = [17, 58];
/** ICMPv6 echo request and echo reply (RFC 4443). */
const ECHO = [128, 129];

/** Protocol numbers of IANA (/etc/protocols). */
const PROTOCOLS: Record<number, 'tcp' | 'udp' | 'icmp'> = { 6: 'tcp', 17: 'udp', 1: 'icmp', 58: 'icmp' };

export interface TcpHeader {
  /** A signed number of 32 bits. */
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
  /** In an ICMP error: the fingerprint of the packet that it answers. */
  embedded: string | null;
  /** The same fingerprint without what NAT changes. More packets can share it. */
  looseEmbedded: string | null;
  /** In a neighbour solicitation: the first 96 bits of the address that is asked for, which is all that the nft trace copies of it. */
  target: string | null;
}

/** The headers of a traced packet, and the keys by which the same packet is found again. */
export interface PacketHeaders {
  family: Family;
  protocol: 'tcp' | 'udp' | 'icmp' | number;
  source: string;
  destination: string;
  /** The ports of TCP and UDP. For ICMP echo, both are its identifier. Otherwise 0. */
  sourcePort: number;
  destinationPort: number;
  /** Bytes behind the transport header; 0 if unknown. */
  payloadLength: number;
  /**
   * The fields of this packet that an ICMP error repeats. The nft trace copies only the first twelve bytes of the repeated packet. They
   * contain no port and no address, except the beginning of an IPv6 address.
   */
  fingerprint: string;
  tcp: TcpHeader | null;
  icmp: IcmpHeader | null;
  /** The result of getPacketKey() for these headers. */
  key: string;
  /** A key that stays the same if NAT rewrites addresses and ports. More packets can share it. */
  looseKey: string;
  fragment: Fragment | null;
}

/** A fragment of a packet. */
export interface Fragment {
  /** The same value for all fragments of one packet. */
  whole: string;
  /** Whether it is the first fragment: only that one has the transport header. */
  isFirst: boolean;
}

interface IpHeader {
  protocol: number;
  source: string;
  destination: string;
  /** Bytes behind the IP header. */
  length: number;
  fingerprint: string;
  /** The identification of IPv4, or the flow label of IPv6. */
  identification: number;
  fragment: Fragment | null;
}

/**
 * Reads the headers of a traced packet: IPv4 (RFC 791) or IPv6 (RFC 8200), TCP (RFC 9293), UDP (RFC 768), ICMP (RFC 792, RFC 4443).
 *
 * @param key the result of getPacketKey() for these headers: it exists only if the network header is complete
 */
export function parseHeaders(family: Family, { network, transport }: NonNullable<TraceEvent['headers']>, key: string): PacketHeaders {
  const ip = family === 'ipv4' ? parseIpv4(network) : parseIpv6(network, transport);
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
    // NAT sees no fragments: connection tracking reassembles them first.
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

/** null for a whole packet. */
function getFragment(header: Uint8Array): Fragment | null {
  const place = read16(header, 6) & (MORE_FRAGMENTS | FRAGMENT_OFFSET);
  return place === 0 ? null : { whole: getWholeKey(header), isFirst: (place & FRAGMENT_OFFSET) === 0 };
}

/** What all fragments of an IPv4 packet have in common with it: identification, addresses and protocol (RFC 791, 2.3). */
export function getWholeKey(header: Uint8Array): string {
  return [read16(header, 4), header[9], read32(header, 12), read32(header, 16)].join(' ');
}

function parseIpv6(header: Uint8Array, transport: Uint8Array): IpHeader {
  const isPart = header[6] === FRAGMENT_HEADER;
  return {
    protocol: isPart ? getProtocolOfFragment(transport) : (header[6] ?? 0),
    source: nameAddress('ipv6', header, 8),
    destination: nameAddress('ipv6', header, 24),
    length: read16(header, 4) - (isPart ? FRAGMENT_SIZE : 0),
    fingerprint: getFingerprint('ipv6', header, 0),
    identification: read32(header, 0) & 0xfffff,
    fragment: isPart ? getIpv6Fragment(header) : null,
  };
}

/**
 * The protocol of IPv6's first fragment. The trace leaves the fragment header out, which has its number. An echo is known by its type and
 * code; the kernel fragments no TCP.
 */
function getProtocolOfFragment(transport: Uint8Array): number {
  return transport.length === 0 ? FRAGMENT_HEADER : ECHO.includes(transport[0] ?? 0) && transport[1] === 0 ? ICMPV6 : UDP;
}

/** A first fragment has no fragment header here, so that the flow label and the addresses tell what it belongs to. */
function getIpv6Fragment(header: Uint8Array): Fragment {
  const isFirst = header.length < IPV6_SIZE + FRAGMENT_SIZE;
  return { whole: String.fromCharCode(...header.subarray(1, 4), ...header.subarray(8, IPV6_SIZE)), isFirst };
}

/**
 * IPv4: protocol, length, identification, and a checksum that covers the addresses. IPv6: protocol, length and flow label.
 * Each number is a character of 16 bits, which takes a sixth of the time that digits take. The two families have different numbers of
 * characters, so their fingerprints always differ.
 */
function getFingerprint(family: Family, bytes: Uint8Array, offset: number): string {
  return family === 'ipv4'
    ? String.fromCharCode(bytes[offset + 9] ?? 0, read16(bytes, offset + 2), read16(bytes, offset + 4), getSumOfConstant(bytes, offset))
    : getLooseFingerprint(family, bytes, offset);
}

/** The parts of a fingerprint that NAT does not change. */
function getLooseFingerprint(family: Family, bytes: Uint8Array, offset: number): string {
  return family === 'ipv4'
    ? String.fromCharCode(bytes[offset + 9] ?? 0, read16(bytes, offset + 2), read16(bytes, offset + 4))
    : String.fromCharCode(bytes[offset + 6] ?? 0, read16(bytes, offset + 4), read16(bytes, offset), read16(bytes, offset + 2), 0);
}

/** The header checksum without the time to live. The checksum is the complement of a sum modulo 65535 (RFC 1071). */
function getSumOfConstant(bytes: Uint8Array, offset: number): number {
  const sum = ~read16(bytes, offset + 10) & 0xffff;
  return (sum + 0xffff - ((bytes[offset + 8] ?? 0) << 8)) % 0xffff;
}

/**
 * What NAT leaves of a packet. Always: protocol, length and identification. TCP adds flags and sequence numbers, ICMP its type and code. An
 * ICMP error adds the packet that it answers. Any other packet adds the bytes behind ports and checksum, and an echo its sequence number:
 * over IPv6, two clients that ping each other have the same flow label.
 */
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
  // A key ends with the transport header.
  const isEcho = icmp?.kind === 'echo-request' || icmp?.kind === 'echo-reply';
  const content = icmp?.looseEmbedded ?? key.slice(key.length - known + (isEcho ? 6 : 8));
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
  const isEmbedding = (kind === 'error' || (kind === 'redirect' && family === 'ipv4')) && length >= 20;
  return {
    kind,
    type,
    code,
    name: getIcmpName(family, type, code),
    embedded: isEmbedding ? getFingerprint(family, bytes, 8) : null,
    looseEmbedded: isEmbedding ? getLooseFingerprint(family, bytes, 8) : null,
    target: kind === 'solicitation' && length >= 20 ? String.fromCharCode(...bytes.subarray(8, 20)) : null,
  };
}

function getPayloadLength(protocol: PacketHeaders['protocol'], length: number, transport: Uint8Array, known: number): number {
  if (protocol === 'tcp') {
    return known < 13 ? 0 : length - ((transport[12] ?? 0) >> 4) * 4;
  }
  return Math.max(0, length - 8);
}
