import type { Capture } from './capture.js';
import type { NftListing } from './nft-listing.js';
import type { Cause, EvidenceKind, Observation, Outcome, Packet, Step } from './result.js';
import type { Family } from './rule.js';

/** One message of the kernel's trace: a packet met a rule, a policy or the end of a chain. */
export interface TraceEvent {
  family: Family;
  table: string;
  chain: string;
  /** rule: a rule matched · policy: the packet met the chain's policy · return: it came to the end of a user chain. */
  type: 'rule' | 'policy' | 'return';
  /** nft: the kernel's number for the rule. legacy: its place in its chain, from 0. null where no rule is meant. */
  rule: { handle: string } | { place: number } | null;
  /** null where the back end does not say it (legacy): it follows from the rule's target, or from the chain's policy. */
  verdict: 'accept' | 'drop' | 'continue' | 'jump' | 'goto' | 'return' | 'break' | null;
  /** nft: which visit of a packet to a chain of a hook this belongs to; not unique over time. legacy has none. */
  id: number | null;
  /** legacy says it; with nft it follows from the built-in chain that the visit began in. */
  hook: Step['hook'] | null;
  /** Network and transport header. legacy: with every message. nft: only with the first one of a visit. */
  headers: { network: Uint8Array; transport: Uint8Array } | null;
}

/** The kernel's rules of a chain, in their order: what it calls them, and what they have counted. */
export interface HeldChain {
  family: Family;
  table: string;
  chain: string;
  handles: string[];
  packets: number[];
  bytes: number[];
}

export interface DecidingRuleRef {
  entry: number | null;
  table: string;
  chain: string;
  text: string;
  isPolicy: boolean;
}

/** What the trace says of one probe. */
export interface Finding {
  cause: Cause;
  rule: DecidingRuleRef | null;
  /** The refusing answer that reached the client: an ICMP error by its name, or tcp-reset. */
  icmp: Observation['icmp'];
  evidence: EvidenceKind;
  journey: Packet[];
}

/** What made a client late that is not its own time, while it was under way: each as much as it can have been at the most. */
export interface Delays {
  /** How long its thread stood ready without a processor; null where the kernel does not say. */
  waitedMs: number | null;
  /** How many messages the kernel's trace wrote, and how long that took. */
  messages: number;
  tracedMs: number;
}

/** What the inside says of one probe. */
export interface ProbeReport extends Omit<Finding, 'icmp'> {
  observed: Observation;
  decided: 'observed' | 'proved';
  /** null where the scenario asks for no time. */
  delays: Delays | null;
  /** Of what the kernel threw away while the probe was under way; null where it kept all of its trace. */
  traceLost: TraceLoss | null;
}

/** The buffer that was too small for the trace. */
export interface TraceLoss {
  /** How many messages it holds. */
  messages: number;
  /** Whether net.core.rmem_max made it smaller than was asked for. */
  isLimited: boolean;
}

/** Why a probe could not be made. isMachine: something of the machine's has run out, so that no probe of the scenario is worth a verdict. */
export interface ProbeProblem {
  problem: string;
  isMachine: boolean;
}

/** A probe that could not be made says why: no outcome, but a problem of loopfw's or of the machine's. */
export type ProbeReply = { report: ProbeReport } | ProbeProblem;

/** How often the trace saw a rule match, or a policy decide. */
export interface TraceHits {
  family: Family;
  table: string;
  chain: string;
  /** The rule's place in its chain, from 0; null for the policy. */
  place: number | null;
  packets: number;
  /** The same just before the counters were read: what retransmits goes on meanwhile. */
  packetsBefore: number;
}

/** What the kernel holds of a family's rules: what iptables-save -c prints of it; or, of plain rules, that they are still those that were applied. */
export type FoundRules = { text: string } | { chains: HeldChain[] };

/** What the kernel holds of a rule set when its probes are done. */
export type FoundRuleSet =
  | { kind: 'iptables'; /** one for each of the rule set's families, in their order */ families: FoundRules[] }
  /** As nft lists it, when it was applied and now. */
  | { kind: 'nft'; applied: NftListing; found: NftListing };

/** What is read when all probes of a rule set are done. */
export interface ClosingEvidence {
  ruleSet: FoundRuleSet;
  hits: TraceHits[];
  /** Trace messages that came while this rule set took the place of another: they may be of its rules, or not. */
  unattributed: number;
  traceLost: boolean;
}

/** What a world has shown. */
export interface Observed {
  /** By the probe's index; a probe without a connection of its own has none. */
  controls: Map<number, Outcome>;
  /** One for each probe, in order. */
  replies: ProbeReply[];
  /** One for each rule set, in order. */
  evidence: ClosingEvidence[];
  /** null where nobody asked for it. */
  capture: Capture | null;
  /** Of the interfaces, before the first probe and after the last; none where nobody wants to know. */
  counters: { before: InterfaceCounters[]; after: InterfaceCounters[] };
}

/** How many packets an interface has received and sent so far. */
export interface InterfaceCounters {
  interface: string;
  rx: number;
  tx: number;
}
