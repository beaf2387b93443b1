// Pairs of random rule sets that differ in one rule, and random packets that may meet it.
import fc from 'fast-check';

/** Two rule sets, as files of iptables-save. */
export interface RuleSetPair {
  before: string;
  after: string;
}

/** A probe of a random packet, and whether a server listens where it goes. */
export interface RandomPacket {
  protocol: 'tcp' | 'udp' | 'icmp';
  from: string;
  via: string | null;
  port: number;
  to: string;
  toVia: string | null;
  listens: boolean;
}

/** The addresses of the world's interfaces. */
export const INTERFACES = { eth0: '192.0.2.10/24', eth1: '10.9.0.1/24' };
const OUTSIDE = {
  eth0: ['192.0.2.20', '198.51.100.7', '198.51.100.200', '203.0.113.9'],
  eth1: ['10.9.0.20', '10.9.0.129', '10.9.1.7'],
};
const OWN = ['192.0.2.10', '10.9.0.1'];
const PREFIXES = ['198.51.100.0/24', '198.51.100.128/25', '203.0.113.9/32', '10.9.0.0/24', '10.9.0.128/25', '10.0.0.0/8', '192.0.2.0/24'];
const PORTS = ['22', '80', '79:81', '443', '1024:65535', '0:1023'];
const PROBED_PORTS = [21, 22, 23, 79, 80, 81, 443, 1023, 1024, 8080];
const TARGETS = [
  'ACCEPT',
  'DROP',
  'REJECT',
  'REJECT --reject-with tcp-reset',
  'REJECT --reject-with icmp-admin-prohibited',
  'RETURN',
  'own',
];

const optional = (values: string[], weight: number) =>
  fc.oneof({ weight: 10 - weight, arbitrary: fc.constant('') }, { weight, arbitrary: fc.constantFrom(...values) });

const interfaces = ['-i eth0', '-i eth1', '! -i eth0', '-i lo'];
const transport = fc.oneof(
  fc
    .tuple(fc.constantFrom('tcp', 'udp'), fc.constantFrom('--dport', '--sport', '! --dport'), fc.constantFrom(...PORTS))
    .map(([protocol, flag, ports]) => `-p ${protocol} -m ${protocol} ${flag} ${ports}`),
  fc.constantFrom('', '-p tcp', '-p udp', '-p icmp', '! -p tcp', '-p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK SYN'),
);
const state = optional(
  ['NEW', 'ESTABLISHED', 'RELATED,ESTABLISHED', 'INVALID'].map((states) => `-m conntrack --ctstate ${states}`),
  2,
);

const rule = fc
  .record({
    chain: fc.constantFrom('INPUT', 'INPUT', 'INPUT', 'OUTPUT', 'FORWARD', 'own'),
    into: optional(interfaces, 3),
    source: optional([...PREFIXES.map((prefix) => `-s ${prefix}`), '! -s 10.0.0.0/8'], 4),
    destination: optional(['-d 192.0.2.10/32', '-d 10.9.0.0/24', '! -d 192.0.2.10/32'], 2),
    transport,
    state,
    target: fc.constantFrom(...TARGETS),
  })
  .map(({ chain, into, source, destination, transport: protocol, state: states, target }) => {
    const isReset = target.endsWith('tcp-reset') && !/(?<!! )-p tcp/.test(protocol);
    const own = isReset ? 'REJECT' : target === 'own' && chain === 'own' ? 'RETURN' : target;
    const place = chain === 'OUTPUT' ? into.replace('-i', '-o') : chain === 'own' ? '' : into;
    return ['-A', chain, source, destination, place, protocol, states, '-j', own].filter((word) => word !== '').join(' ');
  });

const policies = fc.record({ input: fc.constantFrom('ACCEPT', 'DROP'), forward: fc.constantFrom('ACCEPT', 'DROP') });

interface Policies {
  input: string;
  forward: string;
}

function print({ input, forward }: Policies, lines: string[]): string {
  const chains = [`:INPUT ${input} [0:0]`, `:FORWARD ${forward} [0:0]`, ':OUTPUT ACCEPT [0:0]', ':own - [0:0]', ':other - [0:0]'];
  return ['*filter', ...chains, ...lines, 'COMMIT', ''].join('\n');
}

/** A rule is left out, put in, replaced, or exchanged with the next one. */
const ruleSetPairs: fc.Arbitrary<RuleSetPair> = fc
  .record({
    policies,
    rules: fc.array(rule, { minLength: 2, maxLength: 14 }),
    at: fc.nat(),
    other: rule,
    change: fc.constantFrom('remove', 'add', 'replace', 'exchange'),
  })
  .map(({ policies: ends, rules, at, other, change }) => {
    const place = at % rules.length;
    const [one = '', next = ''] = rules.slice(place, place + 2);
    const changed = { remove: [], add: [other, one], replace: [other], exchange: next === '' ? [one] : [next, one] }[change];
    const after = rules.toSpliced(place, change === 'exchange' ? 2 : 1, ...changed);
    return { before: print(ends, rules), after: print(ends, after) };
  });

/**
 * A rule comes twice, has a chain of its own, or is split in two by its clients; or a rule for a chain to which no rule jumps comes in. None of
 * it changes what becomes of a packet.
 */
const equalPairs: fc.Arbitrary<RuleSetPair> = fc
  .record({
    policies,
    rules: fc.array(rule, { minLength: 2, maxLength: 14 }),
    at: fc.nat(),
    change: fc.constantFrom('twice', 'chain', 'split', 'unused'),
  })
  .map(({ policies: ends, rules, at, change }) => {
    const place = at % rules.length;
    const one = rules[place] ?? '';
    const [, chain = '', conditions = ''] = /^-A (\S+) (.*?)-j \S+/.exec(one) ?? [];
    const target = one.slice(one.lastIndexOf('-j '));
    // RETURN leaves the chain in which it is.
    const isMovable = target !== '-j RETURN' && target !== '-j own' && !one.includes('REJECT');
    const isSplit = !conditions.includes('-s ');
    const changed = {
      twice: [one, one],
      chain: isMovable ? [`-A ${chain} ${conditions}-j other`, `-A other ${target}`] : [one, one],
      split: isSplit
        ? [`-A ${chain} -s 0.0.0.0/1 ${conditions}${target}`, `-A ${chain} -s 128.0.0.0/1 ${conditions}${target}`]
        : [one, one],
      unused: [one, '-A other -j DROP'],
    }[change];
    return { before: print(ends, rules), after: print(ends, rules.toSpliced(place, 1, ...changed)) };
  });

const place = fc.constantFrom<{ address: string; via: string | null }>(
  ...Object.entries(OUTSIDE).flatMap(([via, addresses]) => addresses.map((address) => ({ address, via }))),
  ...OWN.map((address) => ({ address, via: null })),
);

const randomPackets: fc.Arbitrary<RandomPacket> = fc
  .record({
    protocol: fc.constantFrom('tcp', 'tcp', 'udp', 'icmp'),
    from: place,
    to: place,
    port: fc.constantFrom(...PROBED_PORTS),
    listens: fc.boolean(),
  })
  .filter(({ from, to }) => (from.via !== null && from.via !== to.via) || (from.via === null && to.via !== null))
  .map(({ protocol, from, to, port, listens }) => {
    // From the world itself a packet leaves with the address of the interface.
    const own = to.via === 'eth1' ? '10.9.0.1' : '192.0.2.10';
    return { protocol, port, listens, from: from.via === null ? own : from.address, via: from.via, to: to.address, toVia: to.via };
  });

export function makePairs(count: number, seed: number): RuleSetPair[] {
  return fc.sample(ruleSetPairs, { seed, numRuns: count });
}

export function makeEqualPairs(count: number, seed: number): RuleSetPair[] {
  return fc.sample(equalPairs, { seed, numRuns: count });
}

export function makePackets(count: number, seed: number): RandomPacket[] {
  return fc.sample(randomPackets, { seed, numRuns: count });
}

/** The scenario of these packets. A server that one of them needs is there for all. */
export function makeScenario(packets: RandomPacket[], file: string): object {
  const isAt = (one: RandomPacket) => `${one.protocol}-${one.to}-${one.port}`;
  const served = [
    ...new Map(packets.filter(({ listens, protocol }) => listens && protocol !== 'icmp').map((one) => [isAt(one), one])).values(),
  ];
  const machines = [...new Map(packets.filter(({ toVia }) => toVia !== null).map((one) => [one.to, one])).values()];
  const clients = new Map(packets.map(({ from, via }) => [`${from}-${via}`, via === null ? from : { address: from, via }]));
  const at = (via: string | null) => (via === null ? {} : { via });
  return {
    name: file,
    ruleset: { file },
    interfaces: Object.fromEntries(Object.entries(INTERFACES).map(([name, address]) => [name, { addresses: [address] }])),
    sysctl: { 'net.ipv4.ip_forward': 1 },
    servers: {
      ...Object.fromEntries(machines.map(({ to, toVia }) => [`machine-${to}`, { protocol: 'tcp', address: to, port: 7, ...at(toVia) }])),
      ...Object.fromEntries(
        served.map((one) => [isAt(one), { protocol: one.protocol, address: one.to, port: one.port, ...at(one.toVia) }]),
      ),
    },
    clients: Object.fromEntries(clients),
    probes: packets.map((one) => ({
      from: `${one.from}-${one.via}`,
      to:
        one.protocol === 'icmp'
          ? `icmp://${one.to}`
          : served.some((each) => isAt(each) === isAt(one))
            ? isAt(one)
            : `${one.protocol}://${one.to}:${one.port}`,
      expect: 'connected',
      timeoutMs: 300,
    })),
  };
}
