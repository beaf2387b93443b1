/** The packets that passed while the probes of a scenario ran. */
export interface Capture {
    /** A pcap file. */
    pcap: Uint8Array;
    /** Whether it ends before the last packet, for it would have become too large. */
    isCut: boolean;
    /** How many packets are missing in it, because they came faster than they were read. */
    missing: number;
}
