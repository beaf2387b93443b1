import type { Diagnostic, Position } from './diagnostic.js';
import type { Entry, Family } from './rule.js';
import type { ServedProtocol } from './protocols.js';
import type { Backend, Expectation, Protocol } from './result.js';

export interface Server {
  name: string;
  protocol: ServedProtocol;
  /** 0.0.0.0 and :: listen on every address of their family, and of no other. */
  address: string;
  /** The first of its ports, and the last: the same where it has one. */
  port: number;
  lastPort: number;
  /** The interface at whose other end it stands; null for the world itself. */
  via: string | null;
  /** tcp: sent as soon as a client has connected. udp: the answer to each datagram. http: the body of each answer. */
  banner: string | null;
  /** A real program in the place of loopfw's own server. */
  command: ServerCommand | null;
}

export interface ServerCommand extends Position {
  /** JSON pointer (RFC 6901) of it. */
  pointer: string;
  /** The program, and its arguments. */
  args: string[];
  /** Text in its output that says that it is ready; null: its port tells. */
  ready: string | null;
  /** The scenario's own folder, where it starts. */
  folder: string;
}

export interface ScenarioRule {
  /** Position in its `rules`, from 0; every entry counts. In a ruleset file only rules count: null for policies and chains. */
  index: number | null;
  name: string | null;
  /** iptables arguments, for people to read. */
  text: string;
  /** Its line in a ruleset file; null where it is the scenario's own. */
  line: number | null;
  /** One for each family that the rule is for. */
  entries: Entry[];
}

/** What the client of a probe does. */
export interface ClientSpec {
  /** The probe's number in the scenario, from 0. */
  index: number;
  protocol: Protocol;
  /** Its address. */
  from: string;
  /** The interface at whose other end it is; null for the world itself. */
  via: string | null;
  /** Its own port; null: one that no other probe has. */
  clientPort: number | null;
  /** The port is 0 where the protocol has none. */
  to: { address: string; port: number };
  /** Whether its connect(2) is a blocking one. */
  blocking: boolean;
  timeoutMs: number;
  /** Text to send. */
  send: string | null;
  /** The name under which its connection stays open; null: it ends with the probe. */
  open: string | null;
  /** The name of the open connection on which it sends, instead of one of its own. */
  use: string | null;
}

export interface ProbeSpec extends ClientSpec {
  name: string;
  position: Position;
  expect: Expectation;
  hint: string | null;
  /** Its cell, where it is one of a truth table. */
  matrix: { client: string; server: string } | null;
}

/** iptables: rules one by one. nft: a file for nft -f, whose rules are known when the kernel has them. */
export type RuleSet = { kind: 'iptables'; rules: ScenarioRule[] } | { kind: 'nft'; file: string; text: string };

/** A step of a scenario: a rule set, and the probes against it. */
export interface Phase {
  /** null for the scenario's own rules and probes, which come first. */
  name: string | null;
  /** The whole rule set from here on; null: as before. */
  ruleSet: RuleSet | null;
  /** In order; the probes of a batch run at once. */
  batches: ProbeSpec[][];
}

/** What the world has besides lo with 127.0.0.0/8 and ::1. */
export interface WorldSpec {
  loopback: 'up' | 'down';
  interfaces: InterfaceSpec[];
  addresses: ExtraAddress[];
  routes: RouteSpec[];
  /** By their sysctl(8) names. */
  sysctl: Record<string, string>;
}

/** One end of a veth; at the other end there is a namespace of its own, its outside. */
export interface InterfaceSpec {
  name: string;
  /** down: taken down when everything else is made. */
  link: 'up' | 'down';
  /** The world's own, each with its prefix length. */
  addresses: string[];
  /** Those of the clients and servers that stand outside of it. */
  outside: string[];
}

/** What an `ip route add` is told (ip-route(8)). */
export interface RouteSpec {
  type: RouteType;
  family: Family;
  /** With its length, 0.0.0.0/0 or ::/0 for the default. */
  prefix: string;
  via: string | null;
  device: string | null;
  source: string | null;
  metric: number | null;
  onlink: boolean;
  /** As the scenario says it. */
  text: string;
}

export type RouteType = 'unicast' | 'local' | 'unreachable' | 'blackhole' | 'prohibit';

export interface ExtraAddress {
  /** With its prefix length. */
  address: string;
  interface: string;
  label: string | null;
}

export interface ExpectedCounter {
  interface: string;
  direction: 'rx' | 'tx';
  /** As the scenario says it: "0", "= tx", "> 0". */
  expected: string;
}

/** A scenario that has been found to be in order: names resolved, defaults filled in. */
export interface Scenario {
  file: string;
  name: string;
  description: string | null;
  tags: string[];
  backends: Backend[];
  servers: Server[];
  world: WorldSpec;
  /** At least one; the first one has rules, be they none. */
  phases: Phase[];
  counters: ExpectedCounter[];
  /** What is probably not meant, though it can be run. */
  warnings: Diagnostic[];
}
