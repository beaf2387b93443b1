import type { Finding } from '../model/evidence.js';
import type { EvidenceKind, Outcome } from '../model/result.js';
import type { Endpoint } from './journey-log.js';
import type { TracedPacket } from './traced-packet.js';
/** Whom the client asks, and all of IPv6's questions for neighbours, with the answers. */
export interface Neighbourhood {
    server: string;
    discovery: TracedPacket[];
}
/** What the trace says of one probe: its packets' journeys and, from them, the cause. */
export declare function makeFinding(outcome: Outcome, client: Endpoint, own: TracedPacket[], source: EvidenceKind, { server, discovery }?: Neighbourhood): Finding;
