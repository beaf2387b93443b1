import type { FaultProtocol, StandingAction } from '../../model/program.js';
import type { Family } from '../../model/rule.js';

/** Everything that is true of a kind of fault. docs/faults.md says how to make one. */
export interface FaultKindRow {
  /** What happens to the connections, for the help of `exec`. */
  help: string;
  /** What the client sees, and what counts as one connection of the report. For docs/faults.md. */
  sees: string;
  counts: string;
  /** The families that have it. */
  families: Family[];
  /** What it does to packets; null if it is only about connections that exist when it begins. */
  packets: PacketFault | null;
  /** What becomes of the connections that exist when it begins; null: only what `packets` says. */
  standing: Exclude<StandingAction, 'choose'> | null;
}

export interface PacketFault {
  /** question: packets to the target. answer: packets from it. Both arrive in the hook INPUT, where no sender sees an error of its own. */
  of: ('question' | 'answer')[];
  /** Further conditions, in nft's language, of which a packet must meet one; '' for none. `bytes` is the key of that name. */
  listMatches: (family: Family, bytes: number) => string[];
  /** nft's statement, for each protocol; null if the protocol does not know the fault. */
  verdict: { tcp: string; udp: string | null };
  /**
   * Which packets count as a hit on their connection. attempts: a SYN, or data; late FINs of older connections do not count. all: every
   * packet that the fault ends.
   */
  hits: 'attempts' | 'all';
  /** Whether the client learns by an ICMP error. See inside/faults/hold.ts. */
  isIcmp: boolean;
  /** Whether the length of a packet decides: data that TCP sends again may be cut in another way. */
  isOfLength?: true;
}

export const BOTH_FAMILIES: Family[] = ['ipv4', 'ipv6'];
export const EVERY_PACKET = (): string[] => [''];

/** Whether connections of a protocol can have this fault. */
export function knowsProtocol({ packets }: FaultKindRow, protocol: FaultProtocol): boolean {
  return protocol === 'tcp' || (packets !== null && packets.verdict.udp !== null);
}
