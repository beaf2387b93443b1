import type { Finding } from '../model/evidence.js';
import type { Cause } from '../model/result.js';
import type { TracedPacket } from './traced-packet.js';
/** What the question for a neighbour, or the answer to it, explains: a packet waits for it, and is lost with it. */
export interface NeighbourProblem {
    decision: Pick<Finding, 'cause' | 'rule' | 'icmp'>;
    /** The question, and the answer where there was one. */
    packets: TracedPacket[];
}
/** What the stack itself says when a neighbour has not answered. */
export declare function isNewsOfNeighbour({ headers }: TracedPacket): boolean;
/** Whether a rule's end to neighbour discovery would explain a cause. */
export declare function isOpen(cause: Cause): boolean;
/**
 * Looks for what a rule did to IPv6's neighbour discovery between parties (RFC 4861), which meets the rules as everything does.
 *
 * @param discovery solicitations and advertisements, oldest first
 */
export declare function findNeighbourProblem(addresses: string[], discovery: TracedPacket[]): NeighbourProblem | null;
