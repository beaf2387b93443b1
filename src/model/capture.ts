/** The packets that were captured while the probes of a scenario ran. */
export interface Capture {
  /** A pcap file. */
  pcap: Uint8Array;
  /** Whether later packets are missing because the file would have become too large. */
  isCut: boolean;
  /** How many packets are missing because they came faster than they were read. */
  missing: number;
}
