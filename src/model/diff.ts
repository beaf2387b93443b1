import type { Cause, DecidingRule, IcmpName, Outcome } from './result.js';

/** What became of a packet under a rule set, as the kernel showed it. */
export interface ComparedFate {
  outcome: Outcome;
  cause: Cause | null;
  /** The refusing answer that reached the client. */
  icmp: IcmpName | null;
  /** The ends of the request after NAT, without the port that NAT chose for the client; null if NAT changed neither. */
  rewrittenTo: { source: string; destination: string } | null;
  rule: DecidingRule | null;
}

/** A packet that stands for all packets of its kind: those which the same rules decide, before and after. */
export interface ComparedPacket {
  protocol: 'tcp' | 'udp' | 'icmp';
  from: string;
  /** The interface by which it comes in; null: the world itself sends it. */
  inInterface: string | null;
  clientPort: number | null;
  to: string;
  /** null for ICMP. */
  port: number | null;
  /** The interface by which it is to leave; null: it is for the world itself. */
  outInterface: string | null;
  /** Whether a server listens there. */
  listens: boolean;
}

/** access-gained: a client that got no answer of the server gets one now; access-lost: the opposite; other: it fails in another way, or reaches another server. */
export type ChangeClass = 'access-gained' | 'access-lost' | 'other' | 'rule';

export interface Change {
  class: ChangeClass;
  packet: ComparedPacket;
  /** The IPv6 packet that is compared with it; null: the same packet, under the rules after. */
  packetAfter: ComparedPacket | null;
  before: ComparedFate;
  after: ComparedFate;
  /** How many of the compared packets are of this kind. */
  packets: number;
}

/** A kind of packets of which loopfw's evaluator says otherwise than the kernel. It is a mistake of loopfw. */
export interface Disagreement {
  packet: ComparedPacket;
  side: 'before' | 'after';
  evaluator: string;
  kernel: string;
}

/** A line of a file. */
export interface FileLine {
  file: string;
  line: number | null;
  text: string;
}

/** What `loopfw diff` found. */
export interface Diff {
  version: 1;
  /** rule-sets: a packet before and after. families: an IPv4 packet (before) and an IPv6 packet (after) under one rule set. */
  compares: 'rule-sets' | 'families';
  /** The scenario in whose world the rule sets were compared; null: the world was drafted. */
  scenario: string | null;
  /** The files with the rules; the scenario itself, if the rules are its own. */
  before: string[];
  after: string[];
  /** Access gained first. The kernel showed each. */
  changes: Change[];
  /** Of the kinds of packets, how many there are, and how many the kernel showed in both worlds. */
  kinds: number;
  proved: number;
  packets: number;
  /** The packets that would have been compared if there were not too many; null if all were. */
  ofPackets: number | null;
  disagreements: Disagreement[];
  notCompared: {
    /** What packets depend on that loopfw does not model, and how many of the packets. */
    unknown: { why: string; packets: number }[];
    /** Rules whose answer depends on earlier packets, on rates or on time: only the first packet was compared. */
    history: { before: FileLine[]; after: FileLine[] };
  };
  /** Rules that stand as comments in a file, as iptables-restore-translate leaves what it cannot translate. */
  lost: FileLine[];
  durationMs: number;
}
