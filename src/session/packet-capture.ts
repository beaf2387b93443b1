import { PacketSocket } from '../kernel/packet-socket.js';
import { printPcapHeader, printPcapRecord } from './print-pcap.js';

/** The size limit of a capture. The file has to pass through the session, and a program has to open it. */
const LIMIT_BYTES = 1 << 26;
/** The pause between two reads. It is short, because the socket of an ordinary user holds only some hundred packets. */
const PAUSE_MS = 1;

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
