/* Generated from schema/scenario.json by `npm run generate`: change the schema instead. */

/**
 * A loopfw scenario file: one scenario, or several.
 */
export type ScenarioFile = ScenarioInput | ScenarioInput[];
export type Backend = 'nft' | 'legacy';
export type Address = string;
export type Port = number;
/**
 * not a number: those are the rules' indices
 */
export type RuleName = string;
export type Negatable = string;
export type Ports = number | string;
/**
 * An outcome, a cause, or closed (refused because nothing listens).
 */
export type ExpectedWord =
  | 'connected'
  | 'refused'
  | 'unreachable'
  | 'denied'
  | 'reset'
  | 'timeout'
  | 'service'
  | 'no-listener'
  | 'rejected'
  | 'dropped'
  | 'answer-eaten'
  | 'silent'
  | 'local'
  | 'unexplained'
  | 'closed';
export type Outcome = 'connected' | 'refused' | 'unreachable' | 'denied' | 'reset' | 'timeout';
export type Cause = 'service' | 'no-listener' | 'rejected' | 'dropped' | 'answer-eaten' | 'silent' | 'local' | 'unexplained';
export type Icmp =
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

export interface ScenarioInput {
  $schema?: string;
  /**
   * What the scenario shows, in a few words.
   */
  name: string;
  /**
   * What a reader learns from it.
   */
  description?: string;
  /**
   * Whose iptables applies the rules: nft unless said; of a list, the scenario runs once on each.
   */
  backend?: Backend | Backend[];
  /**
   * @maxItems 100
   */
  tags?: string[];
  /**
   * Servers by name: "tcp://127.0.0.2:8000" (or udp://, http://), or an object.
   */
  servers?: {
    [k: string]: string | ServerInput;
  };
  /**
   * Clients by name: an address, or an object.
   */
  clients?: {
    [k: string]: Address | ClientInput;
  };
  /**
   * Rules in the order in which they are given to iptables: objects, or iptables arguments as a string.
   *
   * @maxItems 50000
   */
  rules?: (string | RuleInput)[];
  /**
   * Connection attempts, in order, each with what the client must see.
   *
   * @minItems 1
   * @maxItems 50000
   */
  probes: ProbeInput[];
}
export interface ServerInput {
  protocol: 'tcp' | 'udp' | 'http';
  address: Address;
  port: Port;
  /**
   * tcp: what the server sends first, before it echoes. udp: the answer to each datagram, instead of an echo. http: the body of each answer.
   */
  banner?: string;
}
export interface ClientInput {
  address: Address;
  /**
   * How its TCP clients call connect(2): as Node.js, curl and browsers do (nonblocking, unless said), or as plain Python and C programs do.
   */
  connect?: 'nonblocking' | 'blocking';
}
/**
 * One rule. A leading "!" in protocol, source, destination, ports, interfaces and state negates it.
 */
export interface RuleInput {
  name?: RuleName;
  /**
   * ipv4 unless said, or unless the rule has an IPv6 address
   */
  family?: 'ipv4' | 'ipv6' | 'both';
  table?: 'filter' | 'nat' | 'mangle' | 'raw';
  chain: string;
  protocol?: Negatable;
  source?: Negatable;
  destination?: Negatable;
  sourcePort?: Ports;
  destinationPort?: Ports;
  inInterface?: Negatable;
  outInterface?: Negatable;
  state?: Negatable;
  /**
   * further arguments, as iptables takes them
   */
  match?: string;
  comment?: string;
  /**
   * ACCEPT, DROP, REJECT, RETURN, another target of iptables, or a chain of your own
   */
  target: string;
  /**
   * the answer of a REJECT, with or without its icmp- or icmp6- prefix
   */
  rejectWith?: string;
  /**
   * where a DNAT sends packets: ADDRESS, ADDRESS:PORT or :PORT, with ranges by -
   */
  toDestination?: string;
  /**
   * what a SNAT makes the source: ADDRESS, ADDRESS:PORT or :PORT, with ranges by -
   */
  toSource?: string;
  /**
   * put it at the head of its chain (-I) instead of the end (-A)
   */
  insert?: boolean;
}
export interface ProbeInput {
  name?: string;
  /**
   * a client's name, or an address
   */
  from: string;
  /**
   * a server's name, or tcp://, udp:// or http://ADDRESS:PORT, or icmp://ADDRESS; IPv6 in brackets
   */
  to: string;
  expect: ExpectedWord | ExpectationInput;
  /**
   * the client's time limit; 2500 unless said
   */
  timeoutMs?: number;
  /**
   * what the client sends; connected then needs an answer. udp sends something anyway; http sends it as the body of a POST
   */
  send?: string;
  /**
   * shown when the probe fails
   */
  hint?: string;
}
export interface ExpectationInput {
  outcome?: Outcome;
  cause?: Cause;
  rule?: string | number;
  icmp?: Icmp;
  reply?: string;
  afterMs?: number;
  withinMs?: number;
}
