import type { TracedPacket } from './traced-packet.js';
/** One line for people: protocol, kind, source → destination, and what NAT made of those. */
export declare function describePacket({ headers, rewritten }: TracedPacket): string;
