import type { Outcome } from '../model/result.js';
import type { Endpoint } from './journey-log.js';
import type { TracedPacket } from './traced-packet.js';
/**
 * EACCES has two meanings that the client cannot tell apart: its own stack refused to send, or an ICMPv6 error said that somebody else
 * forbids it (adm-prohibited, policy-fail, reject-route). The trace can.
 */
export declare function settleOutcome(seen: {
    outcome: Outcome;
    errno: string | null;
}, client: Endpoint, packets: TracedPacket[]): Outcome;
