import { getIcmpName } from './icmp-names.js';
import type { PacketHeaders } from './parse-headers.js';

/** One line for people: protocol, kind, source → destination. */
export function describePacket(headers: PacketHeaders): string {
  const { source, destination, sourcePort, destinationPort, tcp, icmp, protocol } = headers;
  if (tcp !== null) {
    return `tcp ${describeTcp(tcp)} ${source}:${sourcePort} → ${destination}:${destinationPort}`;
  }
  const kind =
    icmp === null ? `protocol ${protocol}` : `icmp ${getIcmpName(icmp.type, icmp.code) ?? `type ${icmp.type} code ${icmp.code}`}`;
  return `${kind} ${source} → ${destination}`;
}

function describeTcp({ syn, ack, rst, fin, payloadLength }: NonNullable<PacketHeaders['tcp']>): string {
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
