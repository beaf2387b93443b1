/* Generated from schema/result.json by `npm run generate`: change the schema instead. */

/**
 * When the run started. In a merged document: when the first part did.
 */
export type Instant = string;
/**
 * nft+legacy: the rules of both back ends judge the packets.
 */
export type RunBackend = 'nft' | 'legacy' | 'nft+legacy';
/**
 * passed and failed are verdicts. inconclusive: the evidence is not enough for a verdict. error: loopfw itself could not do its work.
 */
export type Status = 'passed' | 'failed' | 'inconclusive' | 'error';
/**
 * A time in UTC, as in 2026-01-31T12:00:00.000Z (RFC 3339).
 */
export type Instant1 = string;
/**
 * The kind of a warning. unknown-interface: a rule names an interface that the world does not have. lo-accepts-all: a rule accepts the packets of every probe before the other rules are asked. owner-without-user: a rule asks for the user of a socket, and a client has no `user`. never-matches: no packet meets a rule. empty-range: no packet meets a rule, because its range begins with its end. host-bits: an address of a rule has bits below its prefix. trace-left-out: a rule of a file had the target TRACE, which only loopfw may place. unseen-table: an nft table of arp, bridge or netdev, which no trace shows. dead-rule: an earlier rule of the same chain ends every packet that a rule would match. no-target: a rule has no -j. statistic: chance decides what a probe sees. prerouting-without-output: a rule of nat PREROUTING does not rewrite what a client of the world itself sends. dnat-nowhere: NAT sends a probe to an address that nobody has. dnat-off-host: NAT sends packets from 127.0.0.0/8 out of the world. route-localnet: NAT sends packets of an interface to 127.0.0.0/8, and routing refuses them. related-missing: ESTABLISHED is accepted, and RELATED is dropped. notrack-and-state: a rule with NOTRACK keeps packets from rules that ask for their state. neighbour-discovery: rules end the neighbour discovery of IPv6. ipv6-open: the rules are for IPv4 alone, and a server or a probe uses IPv6. same-cable: NAT sends packets back along the cable by which they came, where the machines answer each other directly. connected-says-little: a client connected, and the rules end the data that it would send. `loopfw explain CODE` says more. A release may add codes.
 */
export type WarningCode =
  | 'unknown-interface'
  | 'lo-accepts-all'
  | 'owner-without-user'
  | 'never-matches'
  | 'empty-range'
  | 'host-bits'
  | 'trace-left-out'
  | 'unseen-table'
  | 'dead-rule'
  | 'no-target'
  | 'statistic'
  | 'prerouting-without-output'
  | 'dnat-nowhere'
  | 'dnat-off-host'
  | 'route-localnet'
  | 'related-missing'
  | 'notrack-and-state'
  | 'neighbour-discovery'
  | 'ipv6-open'
  | 'same-cable'
  | 'connected-says-little';
/**
 * nft: iptables over nf_tables, and nft itself. legacy: iptables with its own kernel tables.
 */
export type Backend = 'nft' | 'legacy';
/**
 * The protocol of a probe. http: over TCP.
 */
export type Protocol = 'tcp' | 'udp' | 'icmp' | 'http';
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
 * Where the cause of a probe comes from. trace: the trace of nf_tables. nflog: that of the legacy back end. counters: the counters of rules alone. none: there is no evidence.
 */
export type EvidenceKind = 'trace' | 'nflog' | 'counters' | 'none';
/**
 * What a note says of its rule. not-asked: something ended the packet first, or no rule led to it. not-matched: the scenario names it, it was asked, and it did not match. other-chain: it is in a chain that this packet never meets. known-flow: connection tracking had decided before. nearest: the scenario names no rule, and this one would have done what was expected, if it had matched.
 */
export type NoteKind = 'not-asked' | 'not-matched' | 'other-chain' | 'known-flow' | 'nearest';
/**
 * What a packet is in its conversation. syn to rst: TCP, where data is a segment with data, and ack one with neither data nor another flag. icmp-error: an ICMP message that answers another packet. neighbour: a neighbour solicitation or advertisement (RFC 4861). fragment: a part of a packet without the header of its protocol; the first part of one has that header, and is of that kind.
 */
export type PacketKind = 'syn' | 'syn-ack' | 'ack' | 'data' | 'fin' | 'rst' | 'udp' | 'echo' | 'echo-reply' | 'icmp-error' | 'neighbour' | 'fragment' | 'other';
/**
 * invalid: connection tracking cannot give the packet to a connection. untracked: a rule has taken it out of connection tracking (NOTRACK).
 */
export type ConntrackState = 'new' | 'established' | 'related' | 'invalid' | 'untracked';
/**
 * What became of a packet. arrived: it came to its receiver, or left the world towards it. ended: a rule or a policy ended it. lost: routing ended it. unknown: the evidence does not show it.
 */
export type Fate = 'arrived' | 'ended' | 'lost' | 'unknown';

/**
 * The document that `loopfw run -r json` writes, and `loopfw merge -r json` for several parts. It says what every probe saw, which rule decided, and whether that is what the scenario says.
 */
export interface Result {
  version: 1;
  startedAt: Instant;
  /**
   * The arguments of loopfw. Empty if a program ran it as a library, and in a merged document whose parts had different ones.
   */
  argv: string[];
  /**
   * The working folder, where the relative paths of this document begin. null if it had been deleted, and in a merged document whose parts had different ones.
   */
  root: string | null;
  /**
   * true if a signal ended the run, or a part of a merged run. Scenarios that had not finished are left out.
   */
  aborted: boolean;
  environment: Environment;
  summary: Summary;
  scenarios: ScenarioResult[];
  /**
   * Where it was asked for: run --coverage or --min-coverage. Missing from a merged document if it is missing from a part.
   */
  coverage?: CoverageTotals;
}
/**
 * Where the suite ran. If parts ran on different machines, a merged document has every value, separated by a comma and a space.
 */
export interface Environment {
  /**
   * Version of loopfw.
   */
  loopfw: string;
  /**
   * Version of Node.js.
   */
  node: string;
  /**
   * Release of the Linux kernel.
   */
  kernel: string;
  /**
   * The version that iptables reports; null if it was never asked.
   */
  iptables: string | null;
  /**
   * true if the world was made in a user namespace, without privilege. In a merged document: true if this is so for any part.
   */
  rootless: boolean;
}
/**
 * Counts: scenarios (one for each back end it ran on), probes by status, and warnings.
 */
export interface Summary {
  scenarios: number;
  probes: number;
  passed: number;
  failed: number;
  inconclusive: number;
  errors: number;
  /**
   * The warnings of all scenarios.
   */
  warnings: number;
  /**
   * From start to end. In a merged document: the duration of the longest part, because parts run at the same time.
   */
  durationMs: number;
}
/**
 * What became of a scenario on one back end.
 */
export interface ScenarioResult {
  name: string;
  description: string | null;
  tags: string[];
  file: string;
  /**
   * Where the scenario begins in its file.
   */
  line: number;
  backend: RunBackend;
  status: Status;
  startedAt: Instant1;
  durationMs: number;
  /**
   * What is suspicious in the scenario without being wrong. What its `ignore` names is left out.
   */
  warnings: Warning[];
  error: ScenarioError | null;
  /**
   * What loopfw added to the scenario's world. null if the scenario ended with an error.
   */
  world: WorldAdditions | null;
  /**
   * What was loaded, in order, if it was more than one thing. All of it judges a packet. Within a hook and priority, the kernel asks first what was loaded last.
   */
  loaded?: LoadedRules[];
  /**
   * The phases in their order. The first one has the rules and probes of the scenario itself, and no name.
   */
  phases: PhaseResult[];
  /**
   * The rule set files that were loaded, each once, and after an nft file those that it includes.
   */
  ruleSets: RuleSetFile[];
  rules: RuleResult[];
  probes: ProbeResult[];
  counters: CounterResult[];
}
/**
 * A warning, and its place in the scenario file or in a rule set file. line and column count from 1.
 */
export interface Warning {
  code: WarningCode;
  message: string;
  file: string;
  line: number;
  column: number;
}
/**
 * Why a scenario could not run. usage: its author can fix it. environment: this machine cannot run it. internal: loopfw has failed.
 */
export interface ScenarioError {
  code: 'usage' | 'environment' | 'internal';
  message: string;
}
/**
 * What a world has besides what its scenario says.
 */
export interface WorldAdditions {
  /**
   * Kernel settings of the world that differ from the kernel's defaults, by their sysctl(8) names.
   */
  sysctl: {
    [k: string]: string;
  };
  /**
   * Routes to clients and servers outside, in the syntax of ip-route(8). Without them the world would have no route to these by their interface.
   */
  routes: string[];
  /**
   * The interfaces of the world with machines at the other end.
   */
  links: WorldLink[];
}
/**
 * A cable from the world to machines outside of it.
 */
export interface WorldLink {
  /**
   * The interface of the world.
   */
  name: string;
  /**
   * The bridge of the world that it is a port of; otherwise null.
   */
  bridge: string | null;
  /**
   * The addresses of the clients and servers at the other end.
   */
  machines: string[];
}
/**
 * Rules that were loaded together.
 */
export interface LoadedRules {
  /**
   * The rule set file; null for rules of the scenario itself.
   */
  file: string | null;
  phase: string | null;
  backend: Backend;
  /**
   * How many rules they are. Those in tables that no trace shows have no index.
   */
  rules: number;
}
/**
 * A phase of a scenario.
 */
export interface PhaseResult {
  name: string | null;
  /**
   * Whether it brought a rule set, which may be empty. false: that of the phase before stayed.
   */
  hasRules: boolean;
}
/**
 * A rule set file, as it was loaded.
 */
export interface RuleSetFile {
  file: string;
  /**
   * iptables: commands, as `iptables -S` prints them or a script has them.
   */
  format: 'iptables-save' | 'iptables' | 'nft';
  /**
   * The family of its rules. A command ip6tables in a script is for IPv6 all the same. null: nft, whose tables have each their own.
   */
  family: 'ipv4' | 'ipv6' | null;
  /**
   * The back end that its entry names; null: that of the run.
   */
  backend: Backend | null;
  text: string;
}
/**
 * A rule, a policy or a chain, and its counters when its phase had ended.
 */
export interface RuleResult {
  index: number;
  name: string | null;
  text: string;
  table: string;
  chain: string;
  /**
   * What it does with a packet: the name after -j or -g, the policy of -P, or the last statement of a native rule (accept, drop, reject, jump, …). null if it only counts, and for -N.
   */
  target: string | null;
  /**
   * The phase that brought the rule; null for the scenario's own rules.
   */
  phase: string | null;
  /**
   * Its rule set file; null for a rule of the scenario itself.
   */
  file: string | null;
  /**
   * Its line in the ruleset file. null for other rules, and if no single line of an nft file is this rule.
   */
  line: number | null;
  /**
   * The kernel's counter; null for an entry that has none (-N).
   */
  packets: number | null;
  bytes: number | null;
  /**
   * Its line in the scenario file; missing for a rule of a rule set file.
   */
  scenarioLine?: number;
  /**
   * Why no packet reached it, as the rules alone say. Only for rules whose counter is 0, and where it was asked for: run --coverage or --min-coverage.
   */
  unreached?: Unreached;
}
/**
 * never: no packet can match the rule. unsendable: only a packet that no probe sends. missing: a probe would reach it. unknown: nothing was found out.
 */
export interface Unreached {
  class: 'never' | 'unsendable' | 'missing' | 'unknown';
  /**
   * One sentence without a full stop; null for a rule for which a probe is missing.
   */
  why: string | null;
  /**
   * The probe that is missing, for the phase of the rule; null for other rules.
   */
  probe: SuggestedProbe | null;
  /**
   * What the scenario needs for the probe; null if it needs nothing.
   */
  adds: SuggestedAdditions | null;
}
/**
 * An entry for `probes`. `expect` is what the rules alone say of it.
 */
export interface SuggestedProbe {
  /**
   * An address, or the name of a client.
   */
  from: string;
  /**
   * A URL, or the name of a server.
   */
  to: string;
  send?: string;
  /**
   * A word for an outcome or a cause.
   */
  expect: string;
}
/**
 * Members to add to keys of the scenario.
 */
export interface SuggestedAdditions {
  interfaces?: {
    [k: string]: SuggestedInterface;
  };
  sysctl?: {
    [k: string]: number;
  };
  servers?: {
    [k: string]: SuggestedServer;
  };
  clients?: {
    [k: string]: SuggestedClient;
  };
}
/**
 * A value for a key of `interfaces`.
 */
export interface SuggestedInterface {
  addresses: string[];
}
/**
 * A value for a key of `servers`.
 */
export interface SuggestedServer {
  protocol: 'tcp' | 'udp';
  address: string;
  port: number;
  /**
   * The interface at whose other end it is.
   */
  via?: string;
}
/**
 * A value for a key of `clients`.
 */
export interface SuggestedClient {
  address: string;
  /**
   * The interface at whose other end it is.
   */
  via?: string;
  port?: number;
  user?: number;
}
/**
 * A probe: what was expected, what the client saw, why, and whether that is as expected.
 */
export interface ProbeResult {
  /**
   * No other probe of the document has it. It follows from the path of the file, the names of scenario, back end, phase and probe, and the number of the probe among those with this name: another run has the same one.
   */
  id: string;
  /**
   * The number of the probe. Results for several addresses of one name share it.
   */
  index: number;
  name: string;
  phase: string | null;
  /**
   * The phase whose rules judged it: its place in `phases` of the scenario, from 0.
   */
  ruleSet: number;
  /**
   * The result in one short line: "expected refused, saw timeout, answer-eaten; without the rules connected".
   */
  headline: string;
  /**
   * Its cell, if the probe belongs to a truth table; otherwise null.
   */
  matrix: Cell | null;
  /**
   * Line of the probe in its file.
   */
  line: number;
  column: number;
  /**
   * Its client's name in the scenario; null if it has none.
   */
  client: string | null;
  /**
   * The client's address. If its family is not that of `to`: the address that the kernel chose, or 0.0.0.0 or :: if it found none.
   */
  from: string;
  /**
   * Where the client is; null for the world itself, whose packets to itself pass lo.
   */
  clientPlace: Place | null;
  /**
   * Its server's name in the scenario; null if it has none.
   */
  server: string | null;
  to: string;
  /**
   * Where the server is; null for the world itself, and where nobody has the address.
   */
  serverPlace: Place | null;
  protocol: Protocol;
  /**
   * How long the client waits at most.
   */
  timeoutMs: number;
  expected: Expectation;
  observed: Observation | null;
  /**
   * observed: the client reported the outcome. proved: the evidence showed that no answer could come any more.
   */
  decided: 'observed' | 'proved' | null;
  /**
   * The same probe before the rules were applied.
   */
  control: Control | null;
  cause: Cause | null;
  rule: DecidingRule | null;
  evidence: EvidenceKind;
  /**
   * Why rules did not do what was expected. Empty if the probe ended as expected, unless notes were asked for (--why), and where the evidence is in doubt.
   */
  notes: Note[];
  journey: Packet[];
  status: Status;
  explanation: string;
  advice: string | null;
  /**
   * What the probe did when the scenario was run again with what the advice would change; null if the advice was not tried.
   */
  adviceTrial: AdviceTrial | null;
  /**
   * The scenario author's text for a probe that fails.
   */
  hint: string | null;
}
/**
 * A place in a truth table: the names of its row and its column.
 */
export interface Cell {
  client: string;
  server: string;
}
/**
 * A machine outside of the world.
 */
export interface Place {
  /**
   * The interface of the world behind which it is. On a bridge: the port of it.
   */
  interface: string;
  /**
   * The bridge of the world that the interface is a port of; otherwise null.
   */
  bridge: string | null;
}
/**
 * What a scenario says about a probe. Every key that is present must hold.
 */
export interface Expectation {
  outcome?: Outcome;
  cause?: Cause;
  /**
   * Name or index of the rule that decides.
   */
  rule?: string | number;
  icmp?: IcmpName;
  /**
   * A text that the received bytes contain.
   */
  reply?: string;
  /**
   * Least time until the outcome, in milliseconds.
   */
  afterMs?: number;
  /**
   * Most time until the outcome, in milliseconds.
   */
  withinMs?: number;
}
/**
 * What the client of a probe saw.
 */
export interface Observation {
  outcome: Outcome;
  /**
   * The client's error, by its name in errno(3).
   */
  errno: string | null;
  /**
   * Time from connect() to the outcome. null if the outcome was proved before the client's own time limit.
   */
  elapsedMs: number | null;
  /**
   * The refusing answer that reached the client.
   */
  icmp: IcmpName | null;
  /**
   * What the client received, as text. If it is longer than 4096 bytes: the first 4096, or those from the expected text on.
   */
  reply: string | null;
}
/**
 * What the client saw before the rules were applied.
 */
export interface Control {
  outcome: Outcome;
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
 * Why a rule did not do what was expected, in one sentence.
 */
export interface Note {
  kind: NoteKind;
  rule: DecidingRule;
  text: string;
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
  /**
   * its state in connection tracking; null where no rule asks for states, and for probes without notes
   */
  conntrack: ConntrackState | null;
  /**
   * request: on its way from the client to the server. answer: on its way to the client.
   */
  direction: 'request' | 'answer';
  /**
   * firewall: the world between them, as by a REJECT, or another router with an ICMP error.
   */
  sender: 'client' | 'server' | 'firewall';
  /**
   * The packet that it answers: its place in this journey, from 0. null if it answers none.
   */
  causedBy: number | null;
  fate: Fate;
  steps: Step[];
}
/**
 * Source and destination of a packet: ADDRESS:PORT, or the address alone.
 */
export interface PacketEnds {
  source: string;
  destination: string;
}
/**
 * The numbers of an ICMP message.
 */
export interface IcmpMessage {
  type: number;
  code: number;
}
/**
 * One rule or policy that a packet met. rule is the index of its entry. It is null for a policy without an entry, for the end of a chain, and for a fault.
 */
export interface Step {
  hook: 'prerouting' | 'input' | 'forward' | 'output' | 'postrouting';
  table: string;
  chain: string;
  rule: number | null;
  verdict: 'accept' | 'drop' | 'reject' | 'continue' | 'jump' | 'goto' | 'return';
  /**
   * The fault that ended the packet, as it was typed. Its chain is one of loopfw's own, and no entry has made it. Left out for all other steps.
   */
  fault?: string;
  /**
   * A rule that a program of the world has added, as nft lists it: no entry has made it. Left out for all other steps.
   */
  text?: string;
  /**
   * The chain has nothing of the scenario: it is there because loopfw traces packets. Left out for all other steps.
   */
  own?: true;
  rewrites?: PacketEnds1;
}
/**
 * Source and destination of a packet: ADDRESS:PORT, or the address alone.
 */
export interface PacketEnds1 {
  source: string;
  destination: string;
}
/**
 * A run of the whole scenario in a second world, with what an advice would change. The probe has passed there.
 */
export interface AdviceTrial {
  outcome: Outcome;
  /**
   * As in `observed`.
   */
  elapsedMs: number | null;
  /**
   * The other probes that have passed without the change, and end otherwise with it.
   */
  changed: ChangedProbe[];
}
/**
 * A probe that ends otherwise with a change.
 */
export interface ChangedProbe {
  /**
   * The number of the probe.
   */
  index: number;
  name: string;
  phase: string | null;
  /**
   * How it ended: its outcome if the server answered, otherwise its cause.
   */
  from: string;
  /**
   * How it ends with the change.
   */
  to: string;
}
/**
 * What a scenario's `counters` says about an interface, and by how many packets its counter grew while the probes ran.
 */
export interface CounterResult {
  interface: string;
  direction: 'rx' | 'tx';
  /**
   * As in the scenario: "0", "= tx", "> 0".
   */
  expected: string;
  /**
   * null: there is no such interface.
   */
  observed: number | null;
  status: 'passed' | 'failed';
}
/**
 * Counts of the rules that have a counter, over all scenarios. The coverage is reached ÷ (reached + missing + unknown).
 */
export interface CoverageTotals {
  /**
   * All of them.
   */
  rules: number;
  /**
   * Those that a packet matched.
   */
  reached: number;
  /**
   * Those that no packet can match.
   */
  never: number;
  /**
   * Those that only a packet matches that no probe sends.
   */
  unsendable: number;
  /**
   * Those for which a probe is missing.
   */
  missing: number;
  /**
   * Those of which nothing was found out. They count as if a probe were missing.
   */
  unknown: number;
}
