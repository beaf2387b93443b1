import { LARGEST_PACKET, type Packet, PacketSocket } from '../../kernel/sockets/packet.js';

/** The size limit of a capture. The file has to pass through the session, and a program has to open it. */
const LIMIT_BYTES = 1 << 26;
/** The pause between two reads. It is short, because the socket of an ordinary user holds only some hundred packets. */
const PAUSE_MS = 1;
/** The magic number of a pcap file with times in nanoseconds. */
const MAGIC = 0xa1b23c4d;
const LINKTYPE_LINUX_SLL2 = 276;
const LINK_SIZE = 20;

/** Captures the packets of the calling thread's network namespace, from its construction until end(). */
export class PacketCapture {
  readonly #socket = new PacketSocket();
  readonly #parts = [printPcapHeader()];
  readonly #timer = setInterval(() => this.#read(), PAUSE_MS);
  #size = 0;
  #isCut = false;

  /**
   * Ends the capture. Returns a pcap file, whether it stopped at the size limit, and how many packets the kernel dropped. No packet is
   * still on its way: the packet socket gets each packet before the sender's system call returns.
   */
  end(): { base64: string; isCut: boolean; missing: number } {
    this.#read();
    const missing = this.#socket.countDropped();
    this.close();
    return { base64: Buffer.concat(this.#parts).toString('base64'), isCut: this.#isCut, missing };
  }

  close(): void {
    clearInterval(this.#timer);
    this.#socket.close();
  }

  #read(): void {
    for (const packet of this.#socket.drain()) {
      const record = printPcapRecord(packet);
      this.#isCut ||= this.#size + record.length > LIMIT_BYTES;
      if (!this.#isCut) {
        this.#size += record.length;
        this.#parts.push(record);
      }
    }
  }
}

/** The header of a pcap file (pcap-savefile(5)). The records follow it. */
function printPcapHeader(): Buffer {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(MAGIC, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(LARGEST_PACKET, 16);
  header.writeUInt32LE(LINKTYPE_LINUX_SLL2, 20);
  return header;
}

/** A packet as a record of a pcap file. It is never cut, so both lengths are the same. */
function printPcapRecord({ seconds, nanoseconds, link, bytes }: Packet): Buffer {
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
