import type { Entry } from './rule.js';
import type { Expectation } from './result.js';

/** Where something stands in a scenario file; both count from 1. */
export interface Position {
  line: number;
  column: number;
}

export interface Server {
  name: string;
  protocol: 'tcp';
  /** An IPv4 address; 0.0.0.0 listens on all. */
  address: string;
  port: number;
  /** What the server sends as soon as a client has connected. */
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
  protocol: 'tcp';
  /** The client's address. */
  from: string;
  to: { address: string; port: number };
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
  servers: Server[];
  rules: ScenarioRule[];
  probes: ProbeSpec[];
}
