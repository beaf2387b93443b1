/* Generated from schema/scenario.json by `npm run generate`: change the schema instead. */

/**
 * A loopfw scenario file: one scenario, or several.
 */
export type ScenarioFile = ScenarioInput | ScenarioInput[];
/**
 * nft: iptables over nf_tables. legacy: iptables with its own kernel tables.
 */
export type Backend = 'nft' | 'legacy';
/**
 * A numeric address: of 127.0.0.0/8, ::1, another address of the world, or one that `via` allows.
 */
export type Address = string;
/**
 * A port. For a client, this is its own port.
 */
export type Port = number;
/**
 * One of `interfaces` or `bridges`. The client or server is at the other end of this cable, and its packets really arrive at the interface.
 */
export type Via = string;
/**
 * The link-layer address of its machine, in small letters: 02:42:ac:11:00:02. Clients and servers with the same one are the same machine.
 */
export type Mac = string;
/**
 * A name that is not a number: numbers are the indices of rules.
 */
export type RuleName = string;
/**
 * A port, a range ("8000:8010"), or several with commas. It needs `protocol`.
 */
export type Ports = number | string;
/**
 * Rules, in the order in which iptables gets them: objects, or strings of iptables arguments.
 *
 * @maxItems 50000
 */
export type Rules = (string | RuleInput)[];
/**
 * A file of rules, instead of `rules`; or several, which are loaded in this order and all judge a packet.
 */
export type Ruleset = RulesetInput | RulesetInput[];
/**
 * The elements of an ipset, with options as for ipset add: "192.0.2.1,tcp:80", "192.0.2.0/24 nomatch". A list alone is an ipset of the type hash:net: networks and addresses, all of one family.
 *
 * @maxItems 65536
 */
export type IpsetEntries = string[];
/**
 * The connection (tcp) or the socket (udp) stays open under this name, for later probes with `use`.
 */
export type OpenName = string;
/**
 * Sends on the connection that an earlier probe left `open`. The outcome is connected if the text comes back (tcp), or if any answer comes (udp).
 */
export type UseName = string;
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
  | 'not-routed'
  | 'local'
  | 'unexplained'
  | 'closed';
/**
 * What the client sees.
 */
export type Outcome = 'connected' | 'refused' | 'unreachable' | 'denied' | 'reset' | 'timeout';
/**
 * Why the client sees that, as the kernel's evidence shows. loopfw explain WORD says more.
 */
export type Cause = 'service' | 'no-listener' | 'rejected' | 'dropped' | 'answer-eaten' | 'silent' | 'not-routed' | 'local' | 'unexplained';
/**
 * The answer of the rule that rejected the request.
 */
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
/**
 * Connection attempts, in order, each with what the client must see.
 *
 * @minItems 1
 * @maxItems 50000
 */
export type Probes = ProbeInput[];
/**
 * The largest IP packet on this link, in bytes, at both ends (default: 1500). IPv6 needs 1280.
 */
export type Mtu = number;
/**
 * The name of an interface: lo, or one of `interfaces`.
 */
export type InterfaceName = string;
/**
 * The addresses of one name. A probe to the name has a result for each of them, and every result must be as expected.
 *
 * @minItems 1
 * @maxItems 100
 */
export type AddressList = Address[];
/**
 * Packets: a number, or a comparison such as "= rx", "= tx", "> 0", ">= 4", "< 10".
 */
export type ExpectedCounter = number | string;
/**
 * The code of a warning. The result schema says what each means, and so does `loopfw explain CODE`. A release may add codes.
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
 * A scenario: a world, its rules, and probes with what their clients must see. It needs `probes`, `matrix` or `phases`.
 */
export interface ScenarioInput {
  /**
   * Path of this schema, for an editor. loopfw does not read it.
   */
  $schema?: string;
  /**
   * What the scenario shows, in a few words.
   */
  name: string;
  /**
   * What a reader learns from the scenario.
   */
  description?: string;
  /**
   * The iptables back end that applies the rules (default: nft). With a list, the scenario runs once on each.
   */
  backend?: Backend | Backend[];
  /**
   * Words that select scenarios: loopfw run --tag WORD.
   *
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
  rules?: Rules;
  ruleset?: Ruleset;
  ipsets?: IpsetsInput;
  probes?: Probes;
  matrix?: Matrix;
  /**
   * Further steps in the same world, in order. The first step is the scenario's own rules, probes and matrix.
   *
   * @minItems 1
   * @maxItems 1000
   */
  phases?: PhaseInput[];
  /**
   * Interfaces by name, besides lo. Each is one end of a veth; clients and servers with `via` are at the other end.
   */
  interfaces?: {
    [k: string]: InterfaceInput;
  };
  /**
   * Bridges of the world by name. Clients and servers with `via` hang on it, each by a port of its own. What they send each other passes FORWARD (br_netfilter).
   */
  bridges?: {
    [k: string]: BridgeInput;
  };
  /**
   * Further addresses of the world, on lo by default. Those in 127.0.0.0/8 need no entry.
   *
   * @maxItems 10000
   */
  addresses?: (string | AddressInput)[];
  /**
   * Routes to add, in the syntax of ip-route(8): "198.51.100.0/24 via 192.0.2.254".
   *
   * @maxItems 1000
   */
  routes?: string[];
  /**
   * Rules that choose a routing table, in the syntax of ip-rule(8): "fwmark 1 lookup 100". -6 before one is for IPv6.
   *
   * @maxItems 1000
   */
  ipRules?: string[];
  /**
   * Names for addresses, as in hosts(5): for `from`, and in the URLs of `to`. A name may have several addresses.
   */
  hosts?: {
    [k: string]: Address | AddressList;
  };
  /**
   * Kernel settings of the world's own network, by their sysctl(8) names.
   */
  sysctl?: {
    [k: string]: number | string;
  };
  /**
   * Default: up. down: lo is never brought up.
   */
  loopback?: 'up' | 'down';
  /**
   * By how many packets the counters of interfaces must grow while the probes run, as the world counts them. The multicast of IPv6 itself (neighbour discovery, MLD) is not counted.
   */
  counters?: {
    [k: string]: CountersInput;
  };
  /**
   * Codes of warnings that are not wanted for this scenario.
   *
   * @maxItems 100
   */
  ignore?: WarningCode[];
  exercise?: ExerciseInput;
}
export interface ServerInput {
  /**
   * tcp sends its banner, then echoes. udp answers each datagram. http answers with its banner as the body.
   */
  protocol: 'tcp' | 'udp' | 'http';
  address: Address;
  /**
   * A port, or a range of them: "8000-8010".
   */
  port: Port | string;
  via?: Via;
  mac?: Mac;
  /**
   * A real program instead of loopfw's own server, with its arguments. It starts in the scenario's folder, without any privilege, and must stay in the foreground. It runs only with --allow-commands.
   *
   * @minItems 1
   * @maxItems 1000
   */
  command?: string[];
  /**
   * A text in the output of the command that shows that it is ready. Default: it is ready when it listens on its port (of a range, the first).
   */
  ready?: string;
  /**
   * Whether a rule may send it connections for any address (tproxy): it answers from the address that was asked (IP_TRANSPARENT). For tcp and http, in the world itself. Default: false.
   */
  transparent?: boolean;
  /**
   * tcp: what the server sends first, before it echoes. udp: the answer to each datagram, instead of an echo. http: the body of each answer.
   */
  banner?: string;
}
export interface ClientInput {
  address: Address;
  port?: Port;
  via?: Via;
  /**
   * The id of the user that the client's sockets belong to: rules with --uid-owner ask for it. Their group has the same id. Default: loopfw's own, 60999 where root runs it, otherwise 0. Without root only 0 is possible.
   */
  user?: number;
  mac?: Mac;
  /**
   * How the TCP client calls connect(2): nonblocking (default), as Node.js, curl and browsers do; or blocking, as plain Python and C programs do.
   */
  connect?: 'nonblocking' | 'blocking';
}
/**
 * One rule. A leading "!" negates protocol, source, destination, ports, interfaces and state.
 */
export interface RuleInput {
  name?: RuleName;
  /**
   * Default: ipv4, or ipv6 if the rule has an IPv6 address. both: one rule for each family.
   */
  family?: 'ipv4' | 'ipv6' | 'both';
  /**
   * -t: the table (default: filter).
   */
  table?: 'filter' | 'nat' | 'mangle' | 'raw' | 'security';
  /**
   * INPUT, OUTPUT, FORWARD, …, or a chain of your own, which a rule with -N has made.
   */
  chain: string;
  /**
   * -p: tcp, udp, icmp, …
   */
  protocol?: string;
  /**
   * -s: an address, a prefix, or several with commas.
   */
  source?: string;
  /**
   * -d: an address, a prefix, or several with commas.
   */
  destination?: string;
  sourcePort?: Ports;
  destinationPort?: Ports;
  /**
   * -i: an interface. eth+ is every interface that begins with eth.
   */
  inInterface?: string;
  /**
   * -o: an interface. eth+ is every interface that begins with eth.
   */
  outInterface?: string;
  /**
   * --ctstate: NEW, ESTABLISHED, RELATED, …, with commas.
   */
  state?: string;
  /**
   * Further arguments of iptables.
   */
  match?: string;
  /**
   * A comment that reports show with the rule.
   */
  comment?: string;
  /**
   * ACCEPT, DROP, REJECT, RETURN, another target of iptables, or a chain of your own.
   */
  target: string;
  /**
   * The answer of a REJECT, with or without its icmp- or icmp6- prefix.
   */
  rejectWith?: string;
  /**
   * Where a DNAT sends packets: ADDRESS, ADDRESS:PORT or :PORT; ranges have a "-".
   */
  toDestination?: string;
  /**
   * The new source that a SNAT sets: ADDRESS, ADDRESS:PORT or :PORT; ranges have a "-".
   */
  toSource?: string;
  /**
   * true: put the rule at the start of its chain (-I) instead of the end (-A).
   */
  insert?: boolean;
}
/**
 * A file of rules.
 */
export interface RulesetInput {
  /**
   * Its path, inside the scenario's folder.
   */
  file: string;
  /**
   * iptables-save: what iptables-save or ip6tables-save writes. iptables: what iptables -S writes, or a shell script of plain iptables lines. nft: what nft -f reads. Default: recognized from the text.
   */
  format?: 'iptables-save' | 'iptables' | 'nft';
  /**
   * The family of a file for iptables. Default: recognized from the text; if it does not tell, IPv6 if the file's name has v6 or ip6, otherwise IPv4.
   */
  family?: 'ipv4' | 'ipv6';
  backend?: Backend;
}
/**
 * The ipsets that rules name (-m set, -j SET): sets by their names, or { "file": "ipset.save" } for a file as ipset save writes it, inside the scenario's folder. A world has at most 256 sets with 65,536 elements together.
 */
export interface IpsetsInput {
  /**
   * The path of a file with all sets. Otherwise a set with this name.
   */
  file?: string | IpsetEntries | IpsetInput;
  [k: string]: IpsetEntries | IpsetInput | string | undefined;
}
export interface IpsetInput {
  /**
   * The type, with options as for ipset create: "hash:ip,port", "hash:ip timeout 600", "bitmap:port range 0-1023". The default family is that of the first entry.
   */
  type: string;
  entries: IpsetEntries;
}
/**
 * A connection attempt, and what its client must see.
 */
export interface ProbeInput {
  /**
   * The name of the probe in the report.
   */
  name?: string;
  /**
   * The name of a client or a host, or an address.
   */
  from?: string;
  /**
   * The name of a server, or tcp://, udp:// or http://ADDRESS:PORT, or icmp://ADDRESS. IPv6 addresses are in brackets. A range of ports makes one probe for each port.
   */
  to?: string;
  open?: OpenName;
  use?: UseName;
  /**
   * How often the probe runs (default: 1).
   */
  count?: number;
  /**
   * How many of them run at once; true: all. Each is held until all of them are decided. Default: one after the other.
   */
  parallel?: boolean | number;
  /**
   * What the client must see: a word, or an object whose keys must all hold.
   */
  expect: ExpectedWord | ExpectationInput;
  /**
   * The client's time limit in milliseconds (default: 2500).
   */
  timeoutMs?: number;
  /**
   * What the client sends, or how many bytes of any text: { "bytes": 2000 }. connected then needs an answer. udp always sends something. http sends it as the body of a POST.
   */
  send?: string | SentBytes;
  /**
   * A text that the report shows when the probe fails.
   */
  hint?: string;
}
/**
 * What the client must see, and why. At least one key.
 */
export interface ExpectationInput {
  outcome?: Outcome;
  cause?: Cause;
  /**
   * The rule that decided: its name, or its index from 0.
   */
  rule?: string | number;
  icmp?: Icmp;
  /**
   * A text that the server's answer contains.
   */
  reply?: string;
  /**
   * The outcome must not come sooner, in milliseconds.
   */
  afterMs?: number;
  /**
   * The outcome must not come later, in milliseconds.
   */
  withinMs?: number;
}
export interface SentBytes {
  /**
   * How many bytes to send.
   */
  bytes: number;
}
/**
 * Probes as a truth table: what each client must see of each server.
 */
export interface Matrix {
  [k: string]: {
    [k: string]: ExpectedWord | ExpectationInput;
  };
}
/**
 * A step. Its `rules` are the whole rule set from then on. Left out: the rules stay as they were. []: no rules.
 */
export interface PhaseInput {
  /**
   * The name of the step in the report.
   */
  name: string;
  rules?: Rules;
  /**
   * flush: connection tracking forgets all flows before the probes of this step, as after conntrack -F.
   */
  conntrack?: 'flush';
  probes?: Probes;
  matrix?: Matrix;
}
export interface InterfaceInput {
  /**
   * The world's own addresses on this interface, each with its prefix length: 192.0.2.1/24.
   *
   * @minItems 1
   * @maxItems 100
   */
  addresses: string[];
  mtu?: Mtu;
  /**
   * Default: up. down: as after `ip link set NAME down`. The world keeps the IPv4 addresses, and no route uses the interface.
   */
  link?: 'up' | 'down';
}
export interface BridgeInput {
  /**
   * The world's own addresses on this bridge, each with its prefix length: 172.17.0.1/16.
   *
   * @minItems 1
   * @maxItems 100
   */
  addresses: string[];
  mtu?: Mtu;
}
export interface AddressInput {
  /**
   * An address, with or without a prefix length. Without one, it is a single address.
   */
  address: string;
  interface?: InterfaceName;
  /**
   * An alias such as lo:1 (IPv4 only).
   */
  label?: string;
}
export interface CountersInput {
  rx?: ExpectedCounter;
  tx?: ExpectedCounter;
}
/**
 * Makes an exercise of the scenario: a student writes the rules, and loopfw exercise runs the probes against them. What the probes expect is the marking.
 */
export interface ExerciseInput {
  /**
   * What the student is to reach, in words. An empty line begins a new paragraph.
   */
  task: string;
  /**
   * The rules that the student begins with, in the place of `rules`: loopfw run and loopfw check take them as the rules of the scenario.
   *
   * @maxItems 1000
   */
  start: string[];
  /**
   * What the student changes: the rules. There is no other value yet, and it can be left out.
   */
  editable?: 'rules';
  /**
   * Help, from the least to the most. A student asks for them one by one.
   *
   * @maxItems 20
   */
  hints?: string[];
  /**
   * What the exercise has shown. A student reads it when every probe has passed.
   */
  lesson: string;
}
