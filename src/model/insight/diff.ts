/* Generated from schema/diff.json by `npm run generate`: change the schema instead. */

/**
 * access-gained: the client did not reach the server, or its closed port; now it does. access-lost: the opposite. other: it fails in another way, or NAT leads it elsewhere. rule: only another rule decides (`--rules`).
 */
export type ChangeClass = 'access-gained' | 'access-lost' | 'other' | 'rule';
/**
 * What the client saw.
 */
export type Outcome = 'connected' | 'refused' | 'unreachable' | 'denied' | 'reset' | 'timeout';
/**
 * What made it so, as the evidence shows.
 */
export type Cause = 'service' | 'no-listener' | 'rejected' | 'dropped' | 'answer-eaten' | 'silent' | 'not-routed' | 'local' | 'unexplained';
/**
 * An answer that refuses: tcp-reset, or an ICMP error by its --reject-with name without the prefix.
 */
export type IcmpName =
  | 'net-unreachable'
  | 'host-unreachable'
  | 'proto-unreachable'
  | 'port-unreachable'
  | 'net-prohibited'
  | 'host-prohibited'
  | 'admin-prohibited'
  | 'no-route'
  | 'addr-unreachable'
  | 'adm-prohibited'
  | 'policy-fail'
  | 'reject-route'
  | 'tcp-reset';

/**
 * The document that `loopfw diff -r json` writes: which packets two rule sets treat otherwise, or IPv4 and IPv6 in one rule set.
 */
export interface Diff {
  version: 1;
  /**
   * rule-sets: one packet, by the rules before and after. families: an IPv4 packet (before) and an IPv6 packet (after), by one rule set.
   */
  compares: 'rule-sets' | 'families';
  /**
   * The scenario in whose world the packets were sent. null: loopfw drafted the world from the rules.
   */
  scenario: string | null;
  /**
   * The files with the rules before. The scenario, if the rules are its own.
   */
  before: string[];
  /**
   * The files with the rules after. With `--families` the same ones.
   */
  after: string[];
  /**
   * Access gained first. The kernel showed each in both worlds.
   */
  changes: Change[];
  /**
   * How many kinds of packets there are: those which the same rules decide, before and after.
   */
  kinds: number;
  /**
   * Of how many kinds the kernel showed in both worlds what becomes of them.
   */
  proved: number;
  /**
   * The packets of which the evaluator said what becomes of them.
   */
  packets: number;
  /**
   * The packets that would have been compared if there were not too many. null if all were.
   */
  ofPackets: number | null;
  /**
   * Mistakes of loopfw's evaluator. Please report them.
   */
  disagreements: Disagreement[];
  notCompared: NotCompared;
  /**
   * Rules that stand as comments in a file: `iptables-restore-translate` leaves so what it cannot translate.
   */
  lost: FileLine[];
  durationMs: number;
}
/**
 * What becomes of a kind of packets, before and after.
 */
export interface Change {
  class: ChangeClass;
  packet: ComparedPacket;
  /**
   * With `--families`: the IPv6 packet that is compared with it. null: the same packet was sent in both worlds.
   */
  packetAfter: ComparedPacket | null;
  before: ComparedFate;
  after: ComparedFate;
  /**
   * How many of the compared packets are of this kind.
   */
  packets: number;
}
/**
 * A packet that stands for all packets of its kind.
 */
export interface ComparedPacket {
  protocol: 'tcp' | 'udp' | 'icmp';
  /**
   * The address of the client.
   */
  from: string;
  /**
   * The interface by which it comes in. null: the world itself sends it.
   */
  inInterface: string | null;
  /**
   * null: the kernel chooses it, and for ICMP.
   */
  clientPort: number | null;
  /**
   * The address that the client asks.
   */
  to: string;
  /**
   * null for ICMP.
   */
  port: number | null;
  /**
   * The interface by which it is to leave. null: it is for the world itself.
   */
  outInterface: string | null;
  /**
   * Whether a server listens there.
   */
  listens: boolean;
}
/**
 * What became of a packet under a rule set, as the kernel showed it.
 */
export interface ComparedFate {
  outcome: Outcome;
  /**
   * null: the evidence shows none.
   */
  cause: Cause | null;
  /**
   * The refusing answer that reached the client. null: none did.
   */
  icmp: IcmpName | null;
  /**
   * The ends of the request after NAT. null if NAT changed neither.
   */
  rewrittenTo: RewrittenEnds | null;
  /**
   * The rule or policy that decided. null: none did.
   */
  rule: DecidingRule | null;
}
/**
 * The ends of a request after NAT, without the port that NAT chose for the client.
 */
export interface RewrittenEnds {
  source: string;
  destination: string;
}
/**
 * The rule or policy that ended the packet on which the outcome depends. For a policy, index is its -P entry, or null if it has none. For a fault, index is null, and name is the fault as it was typed.
 */
export interface DecidingRule {
  index: number | null;
  name: string | null;
  table: string;
  chain: string;
  text: string;
  /**
   * true for the policy of a chain, false for a rule
   */
  isPolicy: boolean;
  /**
   * The rule set file of the rule; null for a policy, and for a rule of the scenario itself.
   */
  file: string | null;
  /**
   * Its line there. null also if no single line of an nft file is this rule.
   */
  line: number | null;
}
/**
 * A kind of packets of which loopfw's evaluator says otherwise than the kernel.
 */
export interface Disagreement {
  packet: ComparedPacket;
  side: 'before' | 'after';
  evaluator: string;
  kernel: string;
}
/**
 * What was not compared.
 */
export interface NotCompared {
  /**
   * What packets depend on that loopfw does not model. One packet of each such kind was sent all the same.
   */
  unknown: UnknownPackets[];
  history: History;
}
/**
 * Packets that depend on something that loopfw does not model.
 */
export interface UnknownPackets {
  why: string;
  /**
   * How many.
   */
  packets: number;
}
/**
 * The rules whose answer depends on earlier packets, on rates or on time: only the first packet was compared.
 */
export interface History {
  before: FileLine[];
  after: FileLine[];
}
/**
 * A line of a file.
 */
export interface FileLine {
  file: string;
  line: number | null;
  text: string;
}
