import type { TraceEvent } from '../model/evidence.js';
import type { RuleIndex } from './rule-index.js';
import type { TracedPacket } from './traced-packet.js';
export interface Endpoint {
    address: string;
    port: number;
}
/**
 * Joins trace events to packets. A packet goes on from one visit of a hook to the next as long as its headers stay the same and its hooks
 * come in their order; else it is another packet (a retransmitted SYN-ACK looks like the first).
 *
 * nft: only the first event of a visit carries headers, the others carry the visit's id, which the kernel uses again and again. Headers
 * open a visit, and replace what their id meant before. legacy: every event carries headers and says its hook.
 */
export declare class JourneyLog {
    #private;
    /** IPv6's questions for neighbours, and the answers, oldest first. */
    readonly discovery: TracedPacket[];
    constructor(rules: RuleIndex);
    /** How many packets there are. */
    get size(): number;
    add(events: TraceEvent[]): void;
    /** Packets from and to a client, and the ICMP errors that answer them; oldest first. */
    getPackets(client: Endpoint): TracedPacket[];
}
