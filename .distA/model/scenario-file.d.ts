/**
 * A loopfw scenario file: one scenario, or several.
 */
export type ScenarioFile = ScenarioInput | ScenarioInput[];
/**
 * nft: iptables over nf_tables; legacy: iptables with its own kernel tables
 */
export type Backend = 'nft' | 'legacy';
/**
 * a numeric address: of 127.0.0.0/8, ::1, or what else the world has or `via` allows
 */
export type Address = string;
/**
 * a port; of a client, its own
 */
export type Port = number;
/**
 * one of `interfaces`: it stands at the other end of that cable, and its packets really arrive there
 */
export type Via = string;
/**
 * not a number: those are the rules' indices
 */
export type RuleName = string;
/**
 * a port, a range ("8000:8010"), or several with commas; it needs `protocol`
 */
export type Ports = number | string;
/**
 * Rules in the order in which they are given to iptables: objects, or iptables arguments as a string.
 *
 * @maxItems 50000
 */
export type Rules = (string | RuleInput)[];
/**
 * leaves the connection open under this name, for later probes with `use`
 */
export type OpenName = string;
/**
 * sends on the connection that an earlier probe has left `open`; connected when what it sent comes back
 */
export type UseName = string;
/**
 * An outcome, a cause, or closed (refused because nothing listens).
 */
export type ExpectedWord = 'connected' | 'refused' | 'unreachable' | 'denied' | 'reset' | 'timeout' | 'service' | 'no-listener' | 'rejected' | 'dropped' | 'answer-eaten' | 'silent' | 'local' | 'unexplained' | 'closed';
/**
 * what the client sees
 */
export type Outcome = 'connected' | 'refused' | 'unreachable' | 'denied' | 'reset' | 'timeout';
/**
 * why it sees that, as the kernel's evidence says; loopfw explain WORD says more
 */
export type Cause = 'service' | 'no-listener' | 'rejected' | 'dropped' | 'answer-eaten' | 'silent' | 'local' | 'unexplained';
/**
 * the answer of the rule that rejected
 */
export type Icmp = 'net-unreachable' | 'host-unreachable' | 'proto-unreachable' | 'port-unreachable' | 'net-prohibited' | 'host-prohibited' | 'admin-prohibited' | 'no-route' | 'addr-unreachable' | 'adm-prohibited' | 'policy-fail' | 'reject-route' | 'tcp-reset';
/**
 * Connection attempts, in order, each with what the client must see.
 *
 * @minItems 1
 * @maxItems 50000
 */
export type Probes = ProbeInput[];
/**
 * an interface's name: lo, or one of `interfaces`
 */
export type InterfaceName = string;
/**
 * Packets: a number; or "= rx", "= tx", "> 0", ">= 4", "< 10".
 */
export type ExpectedCounter = number | string;
export interface ScenarioInput {
    /**
     * Where this schema is, for an editor; loopfw does not read it.
     */
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
     * Words to choose scenarios by: loopfw run --tag WORD.
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
    ruleset?: RulesetInput;
    probes?: Probes;
    matrix?: Matrix;
    /**
     * Further steps in the same world, in order; rules, probes and matrix of the scenario itself are the first.
     *
     * @minItems 1
     * @maxItems 1000
     */
    phases?: PhaseInput[];
    /**
     * Interfaces by name, besides lo. Each is one end of a veth; what is said to be `via` it stands at the other end.
     */
    interfaces?: {
        [k: string]: InterfaceInput;
    };
    /**
     * Further addresses of the world, on lo unless said; those in 127.0.0.0/8 are there anyway.
     *
     * @maxItems 10000
     */
    addresses?: (string | AddressInput)[];
    /**
     * Routes to add, as ip-route(8) takes them: "198.51.100.0/24 via 192.0.2.254".
     *
     * @maxItems 1000
     */
    routes?: string[];
    /**
     * Names for addresses, as in hosts(5): for `from`, and in the URLs of `to`.
     */
    hosts?: {
        [k: string]: Address;
    };
    /**
     * Kernel settings of the world's own network, by their sysctl(8) names.
     */
    sysctl?: {
        [k: string]: number | string;
    };
    /**
     * down: lo is never brought up
     */
    loopback?: 'up' | 'down';
    /**
     * By how many packets the counters of interfaces must have grown when all probes are done, seen from the world. IPv6's own multicast (neighbour discovery, MLD) is not counted.
     */
    counters?: {
        [k: string]: CountersInput;
    };
}
export interface ServerInput {
    /**
     * tcp sends its banner, then echoes; udp answers each datagram; http answers with its banner as the body
     */
    protocol: 'tcp' | 'udp' | 'http';
    address: Address;
    /**
     * A port, or a range of them: "8000-8010".
     */
    port: Port | string;
    via?: Via;
    /**
     * A real program instead of loopfw's own server, with its arguments; it starts in the scenario's folder, without any privilege, and stays in the foreground. Runs only with --allow-commands.
     *
     * @minItems 1
     * @maxItems 1000
     */
    command?: string[];
    /**
     * Text in the command's output that says that it is ready; unless said, it is when it holds its port, the first one of a range.
     */
    ready?: string;
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
    /**
     * -t; filter unless said
     */
    table?: 'filter' | 'nat' | 'mangle' | 'raw';
    /**
     * INPUT, OUTPUT, FORWARD, …, or a chain of your own, which a rule -N has made
     */
    chain: string;
    /**
     * -p: tcp, udp, icmp, …
     */
    protocol?: string;
    /**
     * -s: an address, a prefix, or several with commas
     */
    source?: string;
    /**
     * -d: an address, a prefix, or several with commas
     */
    destination?: string;
    sourcePort?: Ports;
    destinationPort?: Ports;
    /**
     * -i: an interface; eth+ is every one that begins with eth
     */
    inInterface?: string;
    /**
     * -o: an interface; eth+ is every one that begins with eth
     */
    outInterface?: string;
    /**
     * --ctstate: NEW, ESTABLISHED, RELATED, …, with commas
     */
    state?: string;
    /**
     * further arguments, as iptables takes them
     */
    match?: string;
    /**
     * shown in reports with the rule
     */
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
/**
 * A file of rules, instead of `rules`.
 */
export interface RulesetInput {
    /**
     * its path, inside the scenario's folder
     */
    file: string;
    /**
     * what iptables-save or ip6tables-save writes, or what nft -f reads; told from the text unless said
     */
    format?: 'iptables-save' | 'nft';
    /**
     * of an iptables-save file; told from its text unless said
     */
    family?: 'ipv4' | 'ipv6';
}
export interface ProbeInput {
    /**
     * what the report calls it
     */
    name?: string;
    /**
     * a client's name, a host's name, or an address
     */
    from?: string;
    /**
     * a server's name, or tcp://, udp:// or http://ADDRESS:PORT, or icmp://ADDRESS; IPv6 in brackets; a range of ports is one probe for each
     */
    to?: string;
    open?: OpenName;
    use?: UseName;
    /**
     * how often the probe is made; 1 unless said
     */
    count?: number;
    /**
     * how many of them at once, each held until all of them are decided; true: all. One after the other unless said
     */
    parallel?: boolean | number;
    /**
     * what the client must see: a word, or an object of which every key must hold
     */
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
    /**
     * the rule that made it so: its name, or its index from 0
     */
    rule?: string | number;
    icmp?: Icmp;
    /**
     * text that the server's answer contains
     */
    reply?: string;
    /**
     * not sooner than this
     */
    afterMs?: number;
    /**
     * not later than this
     */
    withinMs?: number;
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
 * A step. Its rules are the whole rule set from then on; left out, they stay as they were; [] is none.
 */
export interface PhaseInput {
    /**
     * what the report calls the step
     */
    name: string;
    rules?: Rules;
    probes?: Probes;
    matrix?: Matrix;
}
export interface InterfaceInput {
    /**
     * The world's own addresses there, each with its prefix length: 192.0.2.1/24.
     *
     * @minItems 1
     * @maxItems 100
     */
    addresses: string[];
    /**
     * down: as after `ip link set NAME down`; its IPv4 addresses stay the world's own, and no way leads by it
     */
    link?: 'up' | 'down';
}
export interface AddressInput {
    /**
     * with a prefix length, or without: then it is one address
     */
    address: string;
    interface?: InterfaceName;
    /**
     * an alias such as lo:1 (IPv4)
     */
    label?: string;
}
export interface CountersInput {
    rx?: ExpectedCounter;
    tx?: ExpectedCounter;
}
