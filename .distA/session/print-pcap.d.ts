import { type Packet } from '../kernel/packet-socket.js';
/** How a pcap file begins (pcap-savefile(5)); its records follow. */
export declare function printPcapHeader(): Buffer;
export declare function printPcapRecord({ seconds, nanoseconds, link, bytes }: Packet): Buffer;
