import ipaddr from 'ipaddr.js';
import type { Finding } from '../model/evidence.js';
import type { Cause } from '../model/result.js';
import { isIPv6Text } from '../words/addresses.js';
import type { TracedPacket } from './traced-packet.js';

/** What the question for a neighbour, or the answer to it, explains: a packet waits for it, and is lost with it. */
export interface NeighbourProblem {
  decision: Pick<Finding, 'cause' | 'rule' | 'icmp'>;
  /** The question, and the answer where there was one. */
  packets: TracedPacket[];
}

/** Causes that say no more than that nothing came of what was sent. */
const OPEN: Cause[] = ['silent', 'local', 'unexplained'];

/** What the stack itself says when a neighbour has not answered. */
export function isNewsOfNeighbour({ headers }: TracedPacket): boolean {
  return headers.icmp?.name === 'addr-unreachable';
}

/** Whether a rule's end to neighbour discovery would explain a cause. */
export function isOpen(cause: Cause): boolean {
  return OPEN.includes(cause);
}

/**
 * Looks for what a rule did to IPv6's neighbour discovery between parties (RFC 4861), which meets the rules as everything does.
 *
 * @param discovery solicitations and advertisements, oldest first
 */
export function findNeighbourProblem(addresses: string[], discovery: TracedPacket[]): NeighbourProblem | null {
  const parties = new Set([...addresses, ...addresses.filter(isIPv6Text).map(getSolicitedNode)]);
  const related = discovery.filter(({ headers }) => parties.has(headers.source) || parties.has(headers.destination));
  const ended = related.findLast(({ end }) => end !== null);
  if (!ended?.end) {
    return null;
  }
  if (ended.headers.icmp?.kind === 'solicitation') {
    return {
      decision: { cause: ended.end.verdict === 'reject' ? 'rejected' : 'dropped', rule: ended.end.rule, icmp: null },
      packets: [ended],
    };
  }
  const question = related.findLast(({ number, headers }) => number < ended.number && headers.icmp?.kind === 'solicitation');
  return { decision: { cause: 'answer-eaten', rule: ended.end.rule, icmp: null }, packets: [...(question ? [question] : []), ended] };
}

/** Where a neighbour is asked for: ff02::1:ff00:0/104 with the last 24 bits of its address (RFC 4291, 2.7.1). */
function getSolicitedNode(address: string): string {
  const bytes = ipaddr.parse(address).toByteArray();
  return ipaddr.fromByteArray([0xff, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0xff, ...bytes.slice(13)]).toString();
}
