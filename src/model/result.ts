/* Generated from schema/result.json by `npm run generate`: change the schema instead. */

export type Backend = 'nft' | 'legacy';
/**
 * passed and failed are verdicts; inconclusive: the evidence does not carry a verdict; error: loopfw itself could not do its work.
 */
export type Status = 'passed' | 'failed' | 'inconclusive' | 'error';
export type Protocol = 'tcp' | 'udp' | 'icmp' | 'http';
/**
 * What the client saw.
 */
export type Outcome = 'connected' | 'refused' | 'unreachable' | 'denied' | 'reset' | 'timeout';
/**
 * What the evidence says made it so.
 */
export type Cause = 'service' | 'no-listener' | 'rejected' | 'dropped' | 'answer-eaten' | 'silent' | 'local' | 'unexplained';
/**
 * An answer that refuses: an ICMP error by the name that --reject-with has for it, without its prefix, or tcp-reset.
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
export type EvidenceKind = 'trace' | 'nflog' | 'counters' | 'none';
/**
 * What a packet is in its conversation. syn to rst: TCP, where data is a segment with data, and ack one with neither data nor another flag. icmp-error: an ICMP message that answers another packet. neighbour: a neighbour solicitation or advertisement (RFC 4861). fragment: a part of a packet without the header of its protocol; the first part of one has that header, and is of that kind.
 */
export type PacketKind = 'syn' | 'syn-ack' | 'ack' | 'data' | 'fin' | 'rst' | 'udp' | 'echo' | 'echo-reply' | 'icmp-error' | 'neighbour' | 'fragment' | 'other';

/**
 * What `loopfw run -r json` writes, and `loopfw merge -r json` of several: what every probe saw, which rule made it so, and whether that is what its scenario says.
 */
export interface Result {
  version: 1;
  /**
   * true when a signal ended the run, or a part of a merged one: scenarios that had not finished are left out
   */
  aborted: boolean;
  environment: Environment;
  summary: Summary;
  scenarios: ScenarioResult[];
}
/**
 * Where it ran. Of parts that ran on different machines, a merged document has every value, separated by a comma and a space.
 */
export interface Environment {
  /**
   * version of loopfw
   */
  loopfw: string;
  /**
   * version of Node.js
   */
  node: string;
  /**
   * release of the Linux kernel
   */
  kernel: string;
  /**
   * what iptables says of its version; null when it was never asked
   */
  iptables: string | null;
  /**
   * true when the world was made in a user namespace, without privilege; of a merged document, when a part's was
   */
  rootless: boolean;
}
/**
 * Counts: scenarios (one for each back end it ran on), and probes by status.
 */
export interface Summary {
  scenarios: number;
  probes: number;
  passed: number;
  failed: number;
  inconclusive: number;
  errors: number;
  /**
   * from start to end; of a merged document, that of its longest part, for parts run side by side
   */
  durationMs: number;
}
export interface ScenarioResult {
  name: string;
  file: string;
  backend: Backend;
  status: Status;
  durationMs: number;
  error: ScenarioError | null;
  rules: RuleResult[];
  probes: ProbeResult[];
  counters: CounterResult[];
}
export interface ScenarioError {
  code: 'usage' | 'environment' | 'internal';
  message: string;
}
export interface RuleResult {
  index: number;
  name: string | null;
  text: string;
  /**
   * the phase that brought it; null for the scenario's own rules
   */
  phase: string | null;
  /**
   * where it stands in its ruleset file; null for other rules, and where no one line of an nft file is it
   */
  line: number | null;
  /**
   * the kernel's counter; null for an entry that has none (-N)
   */
  packets: number | null;
  bytes: number | null;
}
export interface ProbeResult {
  index: number;
  name: string;
  phase: string | null;
  /**
   * its cell, where it is one of a truth table; else null
   */
  matrix: Cell | null;
  /**
   * where the probe stands in its file
   */
  line: number;
  column: number;
  from: string;
  to: string;
  protocol: Protocol;
  expected: Expectation;
  observed: Observation | null;
  /**
   * observed: the client reported it; proved: the evidence showed that nothing could come any more
   */
  decided: 'observed' | 'proved' | null;
  /**
   * the same probe before the rules went in
   */
  control: Control | null;
  cause: Cause | null;
  rule: DecidingRule | null;
  evidence: EvidenceKind;
  journey: Packet[];
  status: Status;
  explanation: string;
  advice: string | null;
  /**
   * what the scenario's author wants to be said when the probe fails
   */
  hint: string | null;
}
export interface Cell {
  client: string;
  server: string;
}
/**
 * What a scenario says of a probe. Every key that is present must hold.
 */
export interface Expectation {
  outcome?: Outcome;
  cause?: Cause;
  /**
   * name or index of the rule that decides
   */
  rule?: string | number;
  icmp?: IcmpName;
  /**
   * text that the bytes received contain
   */
  reply?: string;
  /**
   * least time until the outcome
   */
  afterMs?: number;
  /**
   * most time until the outcome
   */
  withinMs?: number;
}
export interface Observation {
  outcome: Outcome;
  /**
   * the client's error, by its name in errno(3)
   */
  errno: string | null;
  /**
   * from connect() to the outcome; null when the outcome was proved before the client's own time limit
   */
  elapsedMs: number | null;
  /**
   * the refusing answer that reached the client
   */
  icmp: IcmpName | null;
  /**
   * what the client received, as text; of more than 4096 bytes the first ones, or those from the expected text on
   */
  reply: string | null;
}
export interface Control {
  outcome: Outcome;
}
/**
 * The rule or policy that ended the packet on which the outcome hangs. For a policy, index is its -P entry, or null where it has none.
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
}
/**
 * One packet of a journey: what it is, as a text and as data, and what it met.
 */
export interface Packet {
  /**
   * for people: protocol, kind, source → destination
   */
  packet: string;
  /**
   * tcp, udp, icmp, icmpv6, or the number of another protocol of IP
   */
  protocol: string;
  kind: PacketKind;
  /**
   * as it was first seen: 127.0.0.1:80, [::1]:80; without ports the address alone
   */
  source: string;
  destination: string;
  /**
   * its source and destination as NAT has last made them; null where NAT has changed neither
   */
  rewrittenTo: PacketEnds | null;
  /**
   * whether it is a part of a larger packet
   */
  fragment: boolean;
  /**
   * type and code of an ICMP message (RFC 792, RFC 4443); null for all else
   */
  icmp: IcmpMessage | null;
  steps: Step[];
}
export interface PacketEnds {
  source: string;
  destination: string;
}
export interface IcmpMessage {
  type: number;
  code: number;
}
/**
 * One rule or policy that a packet met. rule is the index of its entry, null for a policy without one and for the end of a chain.
 */
export interface Step {
  hook: 'prerouting' | 'input' | 'forward' | 'output' | 'postrouting';
  table: string;
  chain: string;
  rule: number | null;
  verdict: 'accept' | 'drop' | 'reject' | 'continue' | 'jump' | 'goto' | 'return';
}
/**
 * What a scenario's `counters` says of an interface, and by how many packets its counter grew while the probes ran.
 */
export interface CounterResult {
  interface: string;
  direction: 'rx' | 'tx';
  /**
   * as the scenario says it: "0", "= tx", "> 0"
   */
  expected: string;
  /**
   * null: no such interface
   */
  observed: number | null;
  status: 'passed' | 'failed';
}
