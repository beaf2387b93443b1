import type { PacketHeaders, TcpHeader } from './parse-headers.js';

/** One line for people: protocol, kind, source → destination. */
export function describePacket(headers: PacketHeaders): string {
  const { family, protocol, source, destination, sourcePort, destinationPort, tcp, icmp, payloadLength } = headers;
  if (protocol === 'tcp' || protocol === 'udp') {
    const kind = tcp === null ? `udp (${payloadLength} bytes)` : `tcp ${describeTcp(tcp, payloadLength)}`;
    return `${kind} ${showEndpoint(source, sourcePort)} → ${showEndpoint(destination, destinationPort)}`;
  }
  const name = family === 'ipv6' ? 'icmpv6' : 'icmp';
  const kind = icmp === null ? `protocol ${protocol}` : `${name} ${describeIcmp(icmp)}`;
  return `${kind} ${source} → ${destination}`;
}

function showEndpoint(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
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

function describeIcmp({ kind, type, code, name }: NonNullable<PacketHeaders['icmp']>): string {
  return name ?? (kind === 'echo-request' || kind === 'echo-reply' ? kind : `type ${type} code ${code}`);
}
