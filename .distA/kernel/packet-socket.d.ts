/** What tcpdump takes of a packet too: more than any has. */
export declare const LARGEST_PACKET: number;
export interface Packet {
    seconds: number;
    nanoseconds: number;
    /** Where it was, and how it came there: a sockaddr_ll. */
    link: Buffer;
    /** From the network header on. */
    bytes: Buffer;
}
/** Takes a copy of every packet that an interface of the calling thread's network namespace sees, from now on. */
export declare class PacketSocket {
    #private;
    constructor();
    /** The packets since the last call. Never waits. */
    drain(): Packet[];
    /** How many packets there was no room for, since the last call. */
    countDropped(): number;
    close(): void;
}
