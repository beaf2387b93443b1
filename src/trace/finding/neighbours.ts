import type { Finding } from '../../model/evidence.js';
import type { Cause } from '../../model/result.js';
import type { TracedPacket } from '../journey/packet.js';
import { asksFor } from './roles.js';

/** An explanation by IPv6 neighbour discovery: a packet waits for the answer to a solicitation, and is lost if the answer does not come. */
export interface NeighbourProblem {
  decision: Pick<Finding, 'cause' | 'rule' | 'icmp'>;
  /** The solicitation and, if one was sent, the advertisement. */
  packets: TracedPacket[];
}

/** Causes that only say that the request had no result. */
const OPEN: Cause[] = ['silent', 'local', 'unexplained'];

/**
 * Finds a rule that ended neighbour discovery of IPv6 (RFC 4861) for one of these addresses. Rules apply to its packets as to all others.
 *
 * @param addresses addresses of the client and the server, also those that NAT has put in their place
 * @param discovery solicitations and advertisements, oldest first
 */
export function findNeighbourProblem(addresses: string[], discovery: TracedPacket[]): NeighbourProblem | null {
  const related = discovery.filter(
    ({ headers }) =>
      addresses.includes(headers.source) ||
      addresses.includes(headers.destination) ||
      addresses.some((address) => asksFor(headers, address)),
  );
  const ended = related.findLast(({ end }) => end !== null);
  if (!ended?.end) {
    return null;
  }
  if (ended.headers.icmp?.kind === 'solicitation') {
    // The error of a REJECT quotes the solicitation, which no socket has sent: the client never learns of it.
    return { decision: { cause: 'dropped', rule: ended.end.rule, icmp: null }, packets: [ended] };
  }
  const question = related.findLast(({ number, headers }) => number < ended.number && headers.icmp?.kind === 'solicitation');
  return { decision: { cause: 'answer-eaten', rule: ended.end.rule, icmp: null }, packets: [...(question ? [question] : []), ended] };
}

/** Whether the packet is the error that the stack itself sends when a neighbour has not answered. */
export function isNeighbourUnreachable({ headers }: TracedPacket): boolean {
  return headers.icmp?.name === 'addr-unreachable';
}

/** Whether a rule that ends neighbour discovery could explain this cause. */
export function isUnexplainedCause(cause: Cause): boolean {
  return OPEN.includes(cause);
}
