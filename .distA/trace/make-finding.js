import { getExchanges } from './conversation.js';
import { describePacket } from './describe-packet.js';
import { findCause } from './find-cause.js';
import { findNeighbourProblem, isNewsOfNeighbour, isOpen } from './find-neighbour-problem.js';
/** What the trace says of one probe: its packets' journeys and, from them, the cause. */
export function makeFinding(outcome, client, own, source, { server, discovery } = { server: client.address, discovery: [] }) {
    const isLost = outcome === 'timeout' || outcome === 'unreachable';
    const problem = isLost ? findNeighbourProblem([client.address, server, ...getRewritten(own)], discovery) : null;
    const withoutNews = problem === null ? own : own.filter((packet) => !isNewsOfNeighbour(packet));
    const known = findCause(outcome, getExchanges(client, withoutNews));
    const isExplained = problem !== null && isOpen(known.cause);
    const decision = isExplained ? problem.decision : known;
    const packets = isExplained ? [...problem.packets, ...own].toSorted((a, b) => a.number - b.number) : own;
    return {
        ...decision,
        evidence: decision.cause === 'unexplained' ? 'none' : source,
        journey: packets.map((packet) => ({ packet: describePacket(packet), steps: packet.steps })),
    };
}
/** Whom NAT has made of whoever was asked. */
function getRewritten(packets) {
    return packets.flatMap(({ rewritten }) => (rewritten === null ? [] : [rewritten.source, rewritten.destination]));
}
