import type { Position } from './diagnostic.js';
import type { Entry, Family, Ipset } from './rule.js';
import type { ServedProtocol } from './protocols.js';
import type { Backend, Expectation, Protocol, RuleSetFile, Warning } from './result.js';

/** A server of a scenario. */
export interface Server {
  name: string;
  protocol: ServedProtocol;
  /** 0.0.0.0 and :: listen on every address of their own family only. */
  address: string;
  /** The first and the last of its ports. Both are equal if it has one port. */
  port: number;
  lastPort: number;
  /** The interface at whose other end the server is; null for a server in the world itself. */
  via: string | null;
  /** tcp: sent when a client connects. udp: the answer to each datagram. http: the body of each answer. */
  banner: string | null;
  /** Whether a rule may send it connections for any address (tproxy). */
  isTransparent: boolean;
  /** A real program that replaces loopfw's own server. */
  command: ServerCommand | null;
}

export interface ServerCommand extends Position {
  /** JSON pointer (RFC 6901) of the command. */
  pointer: string;
  /** The program and its arguments. */
  args: string[];
  /** Text in its output that shows that it is ready. null: it is ready when its port is open. */
  ready: string | null;
  /** The working directory: the folder of the scenario file. */
  folder: string;
}

/** An entry of a scenario's rules, or of a rule set file. */
export interface ScenarioRule {
  /**
   * The place in the scenario's `rules`, from 0, where every entry counts. In a rule set file only rules count: null for policies and
   * chains.
   */
  index: number | null;
  name: string | null;
  /** iptables arguments, as text for people. */
  text: string;
  /** The path of its rule set file in messages, and its line there. null for a rule of the scenario itself. */
  file: string | null;
  line: number | null;
  /** Its line in the scenario file; missing for other rules. */
  scenarioLine?: number;
  /** The back end that the rule or its file names; null: that of the run. */
  backend: Backend | null;
  /** One for each family that the rule applies to. */
  entries: Entry[];
  /** The chain of a native rule, which has no entries; missing for all others. */
  place?: { table: string; chain: string };
}

/** What the client of a probe does. */
export interface ClientSpec {
  /** The number of the probe in the scenario, from 0. */
  index: number;
  protocol: Protocol;
  /** The client's address. 0.0.0.0 or ::: the kernel chooses the address. */
  from: string;
  /** The interface at whose other end the client is; null for a client in the world itself. */
  via: string | null;
  /** The client's fixed port; null: a port that no other probe has. */
  clientPort: number | null;
  /** The port is 0 if the protocol has no ports. */
  to: { address: string; port: number };
  /** Whether the client's connect(2) blocks. */
  blocking: boolean;
  /** The id of the user that its socket belongs to; null: loopfw's own. */
  user: number | null;
  timeoutMs: number;
  /** The text to send; null for none. */
  send: string | null;
  /** The name under which its connection stays open; null: the connection ends with the probe. */
  open: string | null;
  /** The name of the open connection that it uses; null: it opens its own. */
  use: string | null;
}

/** A probe of a scenario, with all defaults filled in. */
export interface ProbeSpec extends ClientSpec {
  name: string;
  position: Position;
  /** The name of its client; null if `from` is an address. A probe that uses an open connection has the client of that. */
  client: string | null;
  /** The name of its server; null if `to` is a URL. */
  server: string | null;
  expect: Expectation;
  hint: string | null;
  /** Its `index` in the result. The probes to several addresses of one name share it. */
  resultIndex: number;
  /** The cell of a truth table; null for a probe of its own. */
  matrix: { client: string; server: string } | null;
}

/** A rule set: everything that judges the packets of a phase. */
export interface RuleSet {
  /** The rules for iptables, in the order of loading. */
  rules: ScenarioRule[];
  /** The files for nft -f, in the order of loading. */
  natives: NativeRules[];
  /** The files that all these rules come from, with what they include. Empty for the rules of the scenario itself. */
  files: RuleSetFile[];
}

/** The language in which rules are written. */
export type RuleLanguage = 'iptables' | 'nft';

/** A file for nft -f. Its rules are known only after the kernel has taken them. */
export interface NativeRules extends NftText {
  /** How many of the rules for iptables are loaded before it. */
  after: number;
  unseen: (UnseenTable & Position)[];
}

/** The text of an nft file, with the text of the files that it includes in their places. */
export interface NftText {
  /** The path of the file itself, in messages. */
  file: string;
  text: string;
  /** The files from which the lines come, in the order of the lines. The first one is the file itself, at line 1. */
  sources: NftSource[];
  /** The offsets in the text at which a file ends without a line feed. nft may refuse such an end. */
  openEnds: number[];
}

/** Lines of the text that come from one file, up to the next source. */
export interface NftSource {
  /** The first of them in the text. */
  start: number;
  file: string;
  /** The line of the file that it is. */
  line: number;
}

/** A table of nft whose packets no trace of a probe shows. A native file has it with its place in the text. */
export interface UnseenTable {
  family: 'arp' | 'bridge' | 'netdev';
  name: string;
  /** Whether a rule of this family changes packets or answers them, so that a retransmission may meet another decision. */
  changes: boolean;
}

/** A step of a scenario: a rule set and the probes against it. */
export interface Phase {
  /** null for the scenario's own rules and probes, which come first. */
  name: string | null;
  /** The complete rule set of this phase; null: the rule set of the phase before stays. */
  ruleSet: RuleSet | null;
  /** What becomes of the flows that connection tracking knows, when the rule set has been applied. */
  conntrack: 'keep' | 'flush';
  /** Batches run one after the other. The probes of a batch run at once. */
  batches: ProbeSpec[][];
}

/** What the world has in addition to lo with 127.0.0.0/8 and ::1. */
export interface WorldSpec {
  loopback: 'up' | 'down';
  interfaces: InterfaceSpec[];
  addresses: ExtraAddress[];
  routes: RouteSpec[];
  ipRules: IpRuleSpec[];
  /** Routes to clients and servers outside that the scenario does not state. */
  addedRoutes: RouteSpec[];
  /** Values by their sysctl(8) names. */
  sysctl: Record<string, string>;
}

/** An interface of the world. At its other end are machines. */
export interface InterfaceSpec {
  name: string;
  /** cable: what two machines send each other does not pass the world. bridge: it passes a bridge of the world. */
  kind: 'cable' | 'bridge';
  /** down: set down after everything is set up. */
  link: 'up' | 'down';
  /** The largest IP packet, at both ends; null: the kernel's default. */
  mtu: number | null;
  /** Addresses of the world, each with its prefix length. */
  addresses: string[];
  machines: MachineSpec[];
}

/** A machine at the other end of an interface: clients and servers with one address, or the next hop of a route to others. */
export interface MachineSpec {
  addresses: string[];
  /** Its link-layer address; null: one of loopfw's. */
  mac: string | null;
  /** The bridge's port that it hangs on; null if it hangs on no bridge of the world. */
  port: string | null;
  /** Whether a server is on it. */
  isServer: boolean;
  /** Whether it forwards packets to the other machines. */
  isRouter: boolean;
}

/** The parts of an `ip route add` command (ip-route(8)). */
export interface RouteSpec {
  type: RouteType;
  family: Family;
  /** With its prefix length; 0.0.0.0/0 or ::/0 for the default route. */
  prefix: string;
  via: string | null;
  device: string | null;
  source: string | null;
  metric: number | null;
  /** The number of its table; null: main, or local for a local route. */
  table: number | null;
  onlink: boolean;
  /** The text of the scenario. */
  text: string;
}

/** The parts of an `ip rule add` command (ip-rule(8)). */
export interface IpRuleSpec {
  family: Family;
  /** Whether it is for the packets that do not match. */
  isInverted: boolean;
  source: string | null;
  destination: string | null;
  inInterface: string | null;
  outInterface: string | null;
  mark: { value: number; mask: number } | null;
  priority: number | null;
  action: { kind: 'lookup'; table: number } | { kind: 'unreachable' | 'blackhole' | 'prohibit' };
  /** The text of the scenario. */
  text: string;
}

export type RouteType = 'unicast' | 'local' | 'unreachable' | 'blackhole' | 'prohibit' | 'throw';

/** An additional address of an interface of the world. */
export interface ExtraAddress {
  /** With its prefix length. */
  address: string;
  interface: string;
  label: string | null;
}

/** What a scenario expects of the packet counter of an interface. */
export interface ExpectedCounter {
  interface: string;
  direction: 'rx' | 'tx';
  /** The text of the scenario: "0", "= tx", "> 0". */
  expected: string;
}

/** What a student works on: the rules of the scenario. The probes are the marking. */
export interface Exercise {
  task: string;
  /** The rules that the student begins with, as arguments of iptables. */
  start: string[];
  /** From the least help to the most. */
  hints: string[];
  lesson: string;
}

/** A checked scenario: names are resolved and defaults are filled in. */
export interface Scenario {
  file: string;
  /** Where it begins in its file. */
  line: number;
  name: string;
  description: string | null;
  tags: string[];
  backends: Backend[];
  servers: Server[];
  world: WorldSpec;
  /** They are there before the first rule set, and stay through all phases. */
  ipsets: Ipset[];
  /** At least one. The first one always has a rule set, which may be empty. */
  phases: Phase[];
  counters: ExpectedCounter[];
  /** Parts of the scenario that can run but are probably a mistake. What the scenario ignores is left out. */
  warnings: Warning[];
  /** Warnings that hold only if a probe, by its index, connects. Of those with the same `rule`, which is its place, one is given. */
  saysLittle: { probe: number; rule: string; warning: Warning }[];
  /** null: the scenario is no exercise. */
  exercise: Exercise | null;
}

/** An exercise, with the start rules or with those of a student. */
export type ExerciseScenario = Scenario & { exercise: Exercise };
