import type { Provable } from '../model/plan.js';
import type { Endpoint } from './journey-log.js';
import type { TracedPacket } from './traced-packet.js';
/** A question of the client's (a SYN, data, a datagram, an echo request) with its retransmissions, and what answered it. */
export interface Exchange {
    requests: TracedPacket[];
    answers: TracedPacket[];
}
/** Sorts the packets of one client into questions and answers, in the order of the questions. */
export declare function getExchanges(client: Endpoint, packets: TracedPacket[]): Exchange[];
/**
 * Whether the evidence shows that the client cannot hear anything any more: its last question was dropped, or every answer to it
 * was ended on its way. What is retransmitted meets the same rules, unless those depend on time, rate, history or chance.
 */
export declare function isSilenced(exchanges: Exchange[], provable: Provable): boolean;
