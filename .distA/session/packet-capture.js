import { PacketSocket } from '../kernel/packet-socket.js';
import { printPcapHeader, printPcapRecord } from './print-pcap.js';
/** A file that is still to be carried over the session, and opened by somebody. */
const LIMIT_BYTES = 1 << 26;
/** An ordinary user's socket holds some hundred packets. */
const PAUSE_MS = 1;
/** Keeps the packets of the calling thread's network namespace, from when it is made until it is asked for them. */
export class PacketCapture {
    #socket = new PacketSocket();
    #parts = [printPcapHeader()];
    #timer = setInterval(() => this.#read(), PAUSE_MS);
    #size = 0;
    #isCut = false;
    /** What a packet socket is given, it has been given when the sender's system call is over: nothing is on its way. */
    end() {
        this.#read();
        const missing = this.#socket.countDropped();
        this.close();
        return { base64: Buffer.concat(this.#parts).toString('base64'), isCut: this.#isCut, missing };
    }
    close() {
        clearInterval(this.#timer);
        this.#socket.close();
    }
    #read() {
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
