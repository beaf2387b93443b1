import type { NftListing } from './kernel/nft-listing.js';
import type { Cause, DecidingRule, EvidenceKind, Observation, Outcome, Packet, Step, WorldAdditions } from './result.js';
import type { PacketFate } from './kernel/routing.js';
import type { Family } from './rule.js';
import type { ScenarioRule } from './scenario.js';

/**
 * Where a table is: names of tables are unique only there. ip, ip6 and inet: the family of a table of nf_tables. legacy: the tables of the
 * legacy back end, which has its own for each family.
 */
export type TableSpace = 'ip' | 'ip6' | 'inet' | 'legacy';

/** One message of the kernel's trace: a packet met a rule, a policy or the end of a chain. */
export interface TraceEvent {
  /** The family of the packet. */
  family: Family;
  space: TableSpace;
  table: string;
  chain: string;
  /** rule: a rule matched · policy: the chain's policy decided · return: the packet reached the end of a user chain */
  type: 'rule' | 'policy' | 'return';
  /** nft: the rule's handle in the kernel. legacy: the rule's place in its chain, from 0. null if the event is about no rule. */
  rule: { handle: string } | { place: number } | null;
  /** null if the back end does not report it (legacy). The target of the rule or the policy of the chain then tells it. */
  verdict: 'accept' | 'drop' | 'continue' | 'jump' | 'goto' | 'return' | 'break' | /** it waits in loopfw's queue */ 'queue' | null;
  /** The chain to which the packet jumps or goes. null if it does not, and if the back end does not report it (legacy). */
  to: string | null;
  /** nft: the id of a packet's visit to a chain of a hook. The kernel uses ids again. legacy: null. */
  id: number | null;
  /** legacy: the hook. nft: null; the base chain in which the visit began tells it. */
  hook: Step['hook'] | null;
  /** The indices of the interfaces by which the packet came in and leaves; 0 for none. nft: only in the first event of a visit. */
  inIndex: number;
  outIndex: number;
  /** The packet's mark (packet(7), SO_MARK); 0 for none. */
  mark: number;
  /** Network and transport header. legacy: in every event. nft: only in the first event of a visit, otherwise null. */
  headers: { network: Uint8Array; transport: Uint8Array } | null;
}

/** The counters of a chain's rules in the kernel, in the order of the rules. */
export interface CountedChain {
  family: Family;
  table: string;
  chain: string;
  packets: number[];
  bytes: number[];
}

/** The rules of a chain as the kernel holds them, in order: their handles and their counters. */
export interface HeldChain extends CountedChain {
  handles: number[];
}

/**
 * The rule or policy that decided: the index of the scenario's entry, its chain and its text. entry is null for a policy that no entry has
 * set.
 */
export interface DecidingRuleRef {
  entry: number | null;
  table: string;
  chain: string;
  text: string;
  isPolicy: boolean;
  /** The fault that ended the packet, as it was typed. Missing for a rule or a policy. */
  fault?: string;
}

/** What the trace shows of one probe. The cause does not yet say what routing made of its packet. */
export interface Finding {
  cause: Cause;
  rule: DecidingRuleRef | null;
  /** The refusing answer that reached the client: the name of an ICMP error, or tcp-reset. */
  icmp: Observation['icmp'];
  evidence: EvidenceKind;
  journey: Packet[];
  /** Whether loopfw held one of its packets, and nothing was seen of the packet afterwards. */
  isHeld: boolean;
}

/** What became of an attempt of a program to connect, or of its flow of UDP. */
export interface ProgramJourney extends Pick<Finding, 'cause' | 'rule' | 'journey'> {
  /** It counts the attempts of the world, from 0. */
  number: number;
  /** ISO 8601. */
  startedAt: string;
  protocol: 'tcp' | 'udp';
  /** Addresses and ports of the client, and of the server as the client asks for it. */
  from: string;
  to: string;
  /** The fault that decided, as it was typed; null if none did. */
  fault: string | null;
  /** false where the kernel has thrown messages away that may have been about it. */
  isComplete: boolean;
}

/** Causes outside the client that can have made it late while the probe ran. Each is an upper bound. */
export interface Delays {
  /** How long the client's thread was ready to run but had no processor; null if the kernel does not report it. */
  waitedMs: number | null;
  /** How many messages the kernel wrote to the trace, and how long that took. */
  messages: number;
  tracedMs: number;
}

/** What the sandbox reports on one probe. */
export interface ProbeReport extends Omit<Finding, 'icmp'> {
  /** The client's address that the kernel has chosen. Missing if the scenario gives it, or if the kernel found none. */
  from?: string;
  observed: Observation;
  decided: 'observed' | 'proved';
  /** null if a rule decided, or if the packet was delivered. */
  fate: PacketFate | null;
  /** null if the scenario sets no time limits for the probe. */
  delays: Delays | null;
  /** The trace buffer, if the kernel discarded messages while the probe ran; null if it discarded none. */
  traceLost: TraceLoss | null;
}

/** The trace buffer that was too small. */
export interface TraceLoss {
  /** How many messages the buffer holds. */
  messages: number;
  /** Whether net.core.rmem_max made it smaller than requested. */
  isLimited: boolean;
}

/** Why a probe could not be made. isMachine: the machine has run out of a resource, so no probe of the scenario gets a verdict. */
export interface ProbeProblem {
  problem: string;
  isMachine: boolean;
}

/** A report, or the reason why the probe could not be made. A problem of loopfw or of the machine is not an outcome. */
export type ProbeReply = { report: ProbeReport } | ProbeProblem;

/** How often the trace has shown a match of a rule, or a decision of a policy. */
export interface TraceHits {
  family: Family;
  space: TableSpace;
  table: string;
  chain: string;
  /** The rule's place in its chain, from 0; null for the policy. */
  place: number | null;
  packets: number;
  /** The same count just before the counters were read. Retransmissions continue while they are read. */
  packetsBefore: number;
}

/**
 * The rules of a family as the kernel holds them: the output of iptables-save -c. For plain rules with
 * the handles that they got when they were applied, only the counters are needed.
 */
export type FoundRules = { text: string } | { chains: CountedChain[] };

/** A rule set as the kernel holds it after its probes. */
export type FoundRuleSet =
  | { kind: 'iptables'; /** one for each family of the rule set, in the same order */ families: FoundRules[] }
  /** As nft lists it: after it was applied, and now. */
  | FoundNativeRules
  | {
      kind: 'mixed';
      /** For the tables of each back end: one for each family, in the same order. */
      tables: FoundRules[][];
      /** null without native rules. */
      native: FoundNativeRules | null;
    };

export interface FoundNativeRules {
  kind: 'nft';
  applied: NftListing;
  found: NftListing;
  /** How many rules each native file has in tables that no trace shows. */
  unseen: number[];
}

/** What is read after all probes of a rule set. */
export interface ClosingEvidence {
  ruleSet: FoundRuleSet;
  hits: TraceHits[];
  /** The number of trace messages that came while this rule set replaced another one. They may belong to either. */
  unattributed: number;
  traceLost: boolean;
}

/** Everything that was observed in a world. */
export interface WorldObservations {
  world: WorldAdditions;
  /** Outcomes by the index of the probe. A probe that uses the connection of another probe has no control. */
  controls: Map<number, Outcome>;
  /** One for each probe, in order. */
  replies: ProbeReply[];
  /** One for each rule set, in order. */
  evidence: ClosingEvidence[];
  /** null if no capture was requested. */
  capture: Capture | null;
  /** The counters of the interfaces before the first probe and after the last. Empty if they were not requested. */
  counters: { before: InterfaceCounters[]; after: InterfaceCounters[] };
}

/** How many packets an interface has received and sent. */
export interface InterfaceCounters {
  interface: string;
  rx: number;
  tx: number;
}

/** The packets that were captured while the probes of a scenario ran. */
export interface Capture {
  /** A pcap file. */
  pcap: Uint8Array;
  /** Whether later packets are missing because the file would have become too large. */
  isCut: boolean;
  /** How many packets are missing because they came faster than they were read. */
  missing: number;
}

export interface Counter {
  packets: number;
  /** null if only the trace has counted. */
  bytes: number | null;
}

export interface CheckedEvidence {
  /** The rules of each native file of the rule set, as the kernel holds them. null if it has no such file. */
  natives: ScenarioRule[][] | null;
  /** How many more rules each of these files has, in tables that no trace shows. They have no index. */
  unseen: number[];
  /** The counters by index of the scenario's entry. Each is the sum over the kernel rules of that entry. */
  counters: Map<number, Counter>;
  /** One sentence for each disagreement between two sources of evidence. */
  contradictions: string[];
}

/**
 * A flow that connection tracking knew before the rule set was applied. The kernel decides on NAT with the first packet of a flow, so the
 * rules of table nat do not apply to it.
 */
export type OlderFlow =
  /**
   * A rule that translates new flows like it. hasMatched: it was asked and matched, but changed nothing. rewrittenTo: where the flow still
   * goes by an earlier NAT; null if it is not rewritten.
   */
  | { rule: Pick<DecidingRule, 'index' | 'name' | 'text'>; hasMatched: boolean; rewrittenTo: string | null }
  /** The flow is still rewritten, and no rule does that any more. */
  | { rule: null; rewrittenTo: string };
