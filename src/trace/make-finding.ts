import type { Finding } from '../model/evidence.js';
import type { EvidenceKind, Outcome } from '../model/result.js';
import { getExchanges } from './conversation.js';
import { makePacket } from './describe-packet.js';
import { findCause } from './find-cause.js';
import { findNeighbourProblem, isNewsOfNeighbour, isOpen } from './find-neighbour-problem.js';
import type { Endpoint } from './endpoint.js';
import type { TracedPacket } from './traced-packet.js';

/** Whom the client asks, and all of IPv6's questions for neighbours, with the answers. */
export interface Neighbourhood {
  server: string;
  discovery: TracedPacket[];
}

/** What the trace says of one probe: its packets' journeys and, from them, the cause. */
export function makeFinding(
  outcome: Outcome,
  client: Endpoint,
  own: TracedPacket[],
  source: EvidenceKind,
  { server, discovery }: Neighbourhood = { server: client.address, discovery: [] },
): Finding {
  const isLost = outcome === 'timeout' || outcome === 'unreachable';
  const problem = isLost ? findNeighbourProblem([client.address, server, ...getRewritten(own)], discovery) : null;
  const withoutNews = problem === null ? own : own.filter((packet) => !isNewsOfNeighbour(packet));
  const known = findCause(outcome, getExchanges(client, withoutNews));
  const isExplained = problem !== null && isOpen(known.cause);
  const decision = isExplained ? problem.decision : known;
  const packets = isExplained ? [...problem.packets, ...own].toSorted((a, b) => a.number - b.number) : own;
  return {
    evidence: decision.cause === 'unexplained' ? 'none' : source,
    journey: packets.map(makePacket),
    ...decision,
  };
}

/** Whom NAT has made of whoever was asked. */
function getRewritten(packets: TracedPacket[]): string[] {
  return packets.flatMap(({ rewritten }) => (rewritten === null ? [] : [rewritten.source, rewritten.destination]));
}
