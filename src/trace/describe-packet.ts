import { printEndpoint } from '../words/addresses.js';
import type { IcmpKind } from './icmp-names.js';
import type { PacketHeaders, TcpHeader } from './parse-headers.js';
import type { TracedPacket } from './traced-packet.js';

/** One line for people: protocol, kind, source → destination, and what NAT made of those. */
export function describePacket({ headers, rewritten }: TracedPacket): string {
  const [way, later] = [describeWay(headers), describeWay(rewritten ?? headers)];
  return `${describeKind(headers)} ${way}${later === way ? '' : `, rewritten to ${later}`}`;
}

function describeKind({ family, protocol, tcp, icmp, payloadLength, fragment }: PacketHeaders): string {
  if (tcp !== null) {
    return `tcp ${describeTcp(tcp, payloadLength)}`;
  }
  if (icmp !== null) {
    return `${family === 'ipv6' ? 'icmpv6' : 'icmp'} ${describeIcmp(icmp)}`;
  }
  return protocol === 'udp' ? `udp (${payloadLength} bytes${fragment === null ? '' : ', a fragment'})` : `protocol ${protocol}`;
}

function describeWay({ protocol, source, sourcePort, destination, destinationPort }: PacketHeaders): string {
  return protocol === 'tcp' || protocol === 'udp'
    ? `${printEndpoint(source, sourcePort)} → ${printEndpoint(destination, destinationPort)}`
    : `${source} → ${destination}`;
}

function describeTcp({ syn, ack, rst, fin }: TcpHeader, payloadLength: number): string {
  if (rst) {
    return 'rst';
  }
  if (syn) {
    return ack ? 'syn-ack' : 'syn';
  }
  if (payloadLength > 0) {
    return `data (${payloadLength} bytes)`;
  }
  return fin ? 'fin' : 'ack';
}

const KINDS: Partial<Record<IcmpKind, string>> = {
  'echo-request': 'echo-request',
  'echo-reply': 'echo-reply',
  solicitation: 'neighbour-solicitation',
  advertisement: 'neighbour-advertisement',
};

function describeIcmp({ kind, type, code, name }: NonNullable<PacketHeaders['icmp']>): string {
  return name ?? KINDS[kind] ?? `type ${type} code ${code}`;
}
