import { type End, hasFlag, type Packet, type TcpFlag } from './packet.js';

/** A byte of a packet: the bits that are known, and their values. */
export interface PacketByte {
  known: number;
  value: number;
}

const UNKNOWN: PacketByte = { known: 0, value: 0 };
/** In the order of their bits (RFC 9293, 3.1). */
const FLAGS: TcpFlag[] = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG'];
/** Checksums, identifications, sequence numbers, windows and TCP options: each packet has its own. */
const unknownBytes = (count: number) => Array<PacketByte>(count).fill(UNKNOWN);
const known = (...values: number[]) => values.map((value): PacketByte => ({ known: 0xff, value: value & 0xff }));
const knownShort = (value: number) => known(value >> 8, value);

/** The bytes of a packet from its IP header on, as far as they follow from what is known of it. */
export function listBytes(packet: Packet): PacketByte[] {
  const bytes = listHeaders(packet);
  const about = packet.content.kind === 'icmp' ? packet.content.about : null;
  const payload = about === null ? known(...Buffer.from(packet.payload)) : listBytes(about).slice(0, packet.length - bytes.length);
  return [...bytes, ...payload, ...unknownBytes(Math.max(0, packet.length - bytes.length - payload.length))];
}

/** The bytes of the network header and the transport header. */
export function listHeaders(packet: Packet): PacketByte[] {
  return [...listNetworkHeader(packet), ...listTransportHeader(packet)];
}

/** RFC 791, 3.1 and RFC 8200, 3. The flow label is not known. A SYN-ACK and a RST have the identification 0 (measured). */
function listNetworkHeader(packet: Packet): PacketByte[] {
  const { family, tos, length, hops, protocol, source, destination } = packet;
  const hasNone = hasFlag(packet, 'RST') || (hasFlag(packet, 'SYN') && hasFlag(packet, 'ACK'));
  const identification = [...(hasNone ? known(0, 0) : unknownBytes(2)), ...unknownBytes(2)];
  const ends = [source, destination].flatMap(({ address }) => known(...Buffer.from(address, 'hex')));
  return family === 'ipv4'
    ? [...known(0x45, tos), ...knownShort(length), ...identification, ...known(hops, protocol), ...unknownBytes(2), ...ends]
    : [
        ...known(0x60 | (tos >> 4)),
        ...[{ known: 0xf0, value: (tos << 4) & 0xff }, UNKNOWN, UNKNOWN],
        ...[...knownShort(length - 40), ...known(protocol, hops), ...ends],
      ];
}

function listTransportHeader({ content, source, destination, length, family, payload }: Packet): PacketByte[] {
  const ports = [...listPort(source), ...listPort(destination)];
  const size = length - (family === 'ipv4' ? 20 : 40);
  switch (content.kind) {
    case 'tcp': {
      const bits = content.flags.reduce((sum, flag) => sum | (1 << FLAGS.indexOf(flag)), 0);
      const header = size - Buffer.byteLength(payload);
      return [
        ...ports,
        ...unknownBytes(8),
        ...known((header / 4) << 4, bits),
        ...unknownBytes(4),
        ...known(0, 0),
        ...unknownBytes(header - 20),
      ];
    }
    case 'udp':
      return [...ports, ...knownShort(size), ...unknownBytes(2)];
    case 'icmp':
      return [...known(content.type, content.code), ...unknownBytes(6)];
  }
}

function listPort({ ports }: End): PacketByte[] {
  return ports !== null && ports[0] === ports[1] ? knownShort(ports[0]) : unknownBytes(2);
}
