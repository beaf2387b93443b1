import type { Entry } from './rule.js';
import type { Backend, Expectation, Protocol } from './result.js';

/** Where something stands in a scenario file; both count from 1. */
export interface Position {
  line: number;
  column: number;
}

export interface Server {
  name: string;
  protocol: Exclude<Protocol, 'icmp'>;
  /** 0.0.0.0 and :: listen on every address of their family, and of no other. */
  address: string;
  port: number;
  /** tcp: sent as soon as a client has connected. udp: the answer to each datagram. http: the body of each answer. */
  banner: string | null;
}

export interface ScenarioRule {
  /** Position in the scenario's `rules`, from 0; every entry counts. */
  index: number;
  name: string | null;
  /** iptables arguments, for people to read. */
  text: string;
  /** One for each family that the rule is for. */
  entries: Entry[];
}

export interface ProbeSpec {
  index: number;
  name: string;
  position: Position;
  protocol: Protocol;
  /** The client's address. */
  from: string;
  /** port is 0 for icmp. */
  to: { address: string; port: number };
  /** Whether the client's connect(2) is a blocking one. */
  blocking: boolean;
  expect: Expectation;
  timeoutMs: number;
  send: string | null;
  hint: string | null;
}

/** A scenario that has been found to be in order: names resolved, defaults filled in. */
export interface Scenario {
  file: string;
  name: string;
  description: string | null;
  tags: string[];
  backends: Backend[];
  servers: Server[];
  rules: ScenarioRule[];
  probes: ProbeSpec[];
}
