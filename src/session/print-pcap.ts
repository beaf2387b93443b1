import { LARGEST_PACKET, type Packet } from '../kernel/packet-socket.js';

/** The magic number of a pcap file with times in nanoseconds. */
const MAGIC = 0xa1b23c4d;
const LINKTYPE_LINUX_SLL2 = 276;
const LINK_SIZE = 20;

/** The header of a pcap file (pcap-savefile(5)). The records follow it. */
export function printPcapHeader(): Buffer {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(MAGIC, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(LARGEST_PACKET, 16);
  header.writeUInt32LE(LINKTYPE_LINUX_SLL2, 20);
  return header;
}

/** A packet as a record of a pcap file. It is never cut, so both lengths are the same. */
export function printPcapRecord({ seconds, nanoseconds, link, bytes }: Packet): Buffer {
  const header = Buffer.alloc(16);
  header.writeUInt32LE(seconds, 0);
  header.writeUInt32LE(nanoseconds, 4);
  header.writeUInt32LE(LINK_SIZE + bytes.length, 8);
  header.writeUInt32LE(LINK_SIZE + bytes.length, 12);
  return Buffer.concat([header, toCookedHeader(link), bytes]);
}

/** Converts a sockaddr_ll (packet(7)) to the header of LINKTYPE_LINUX_SLL2. It has the same fields in another order. */
function toCookedHeader(link: Buffer): Buffer {
  const header = Buffer.alloc(LINK_SIZE);
  link.copy(header, 0, 2, 4); // the protocol is in network byte order already
  header.writeInt32BE(link.readInt32LE(4), 4);
  header.writeUInt16BE(link.readUInt16LE(8), 8);
  link.copy(header, 10, 10, LINK_SIZE);
  return header;
}
