import type { Finding } from '../model/evidence.js';
import type { EvidenceKind, Outcome } from '../model/result.js';
import { getExchanges } from './conversation.js';
import { describePacket } from './describe-packet.js';
import { findCause } from './find-cause.js';
import type { Endpoint } from './journey-log.js';
import type { TracedPacket } from './traced-packet.js';

/** What the trace says of one probe: its packets' journeys and, from them, the cause. */
export function makeFinding(outcome: Outcome, client: Endpoint, packets: TracedPacket[], source: EvidenceKind): Finding {
  const decision = findCause(outcome, getExchanges(client, packets));
  return {
    ...decision,
    evidence: decision.cause === 'unexplained' ? 'none' : source,
    journey: packets.map((packet) => ({ packet: describePacket(packet), steps: packet.steps })),
  };
}
