// Situations in which routing ends a packet: a row for each reason, over both families, forwarded and sent by the world, with and without a
// DNAT before it.
import type { Cause } from '../../../src/model/result.js';
import type { RoutingReason } from '../../../src/model/kernel/routing.js';
import { BEHIND, bracket, CLIENT, NETWORK, type Family, NOBODY, NOWHERE, type Situation, WORLD } from './situation.js';

/** A rule of ipRules has the reason of a route of its type; one that is unreachable is as no route. */
export type Reason = Exclude<RoutingReason['kind'], 'policy'>;

/** What is true: a cause, and the reason of routing if there is one. */
interface Truth {
  cause: Cause;
  reason: Reason | null;
}

export interface RoutingCase extends Situation, Truth {
  isRewritten: boolean;
}

/** A row of the table. A function of a family says what differs between IPv4 and IPv6. */
interface Row {
  reason: Reason;
  target: Record<Family, string>;
  /** In the syntax of ip-route(8) and ip-rule(8). */
  routes?: (network: string) => string[];
  ipRules?: (network: string) => string[];
  sysctl?: Situation['sysctl'];
  /** The mark that the packet gets in mangle. */
  mark?: number;
  places?: Situation['place'][];
  protocols?: Situation['protocol'][];
  /** null: the family has no such reason, and the packet arrives. */
  ipv6?: Reason | null;
}

const OFF = { 'net.ipv4.ip_forward': 0, 'net.ipv6.conf.all.forwarding': 0 };
const ON = { 'net.ipv4.ip_forward': 1, 'net.ipv6.conf.all.forwarding': 1 };
const BOTH: Row['protocols'] = ['tcp', 'udp'];

/** Without its mark, a packet leaves by eth1. */
const toTable = (kind: string) => ({
  mark: 1,
  routes: (network: string) => [`${network} dev eth1`, `${kind} ${network} table 100`.trim()],
  ipRules: (network: string) => [`${network.includes(':') ? '-6 ' : ''}fwmark 1 lookup 100`],
});
const byRule = (action: string) => (network: string) => [`${network.includes(':') ? '-6 ' : ''}to ${network} ${action}`];

const ROWS: Record<string, Row> = {
  'no forwarding': { reason: 'forwarding', target: BEHIND, sysctl: OFF, places: ['forwarded'], protocols: BOTH },
  'no forwarding, no route': { reason: 'forwarding', ipv6: 'no-route', target: NOWHERE, sysctl: OFF, places: ['forwarded'] },
  'no forwarding, a blackhole': {
    reason: 'forwarding',
    ipv6: 'blackhole',
    target: NOWHERE,
    routes: (network) => [`blackhole ${network}`],
    sysctl: OFF,
    places: ['forwarded'],
  },
  'no forwarding of eth0': {
    reason: 'forwarding',
    ipv6: null,
    target: BEHIND,
    sysctl: { ...ON, 'net.ipv4.conf.eth0.forwarding': 0, 'net.ipv6.conf.eth0.forwarding': 0 },
    places: ['forwarded'],
  },
  'no forwarding of eth1, for the answer': {
    reason: 'forwarding',
    ipv6: null,
    target: BEHIND,
    sysctl: { ...ON, 'net.ipv4.conf.eth1.forwarding': 0, 'net.ipv6.conf.eth1.forwarding': 0 },
    places: ['forwarded'],
  },
  'no route': { reason: 'no-route', target: NOWHERE, protocols: BOTH },
  throw: { reason: 'no-route', target: NOWHERE, routes: (network) => [`throw ${network}`] },
  prohibit: { reason: 'prohibit', target: NOWHERE, routes: (network) => [`prohibit ${network}`], protocols: BOTH },
  unreachable: { reason: 'unreachable', target: NOWHERE, routes: (network) => [`unreachable ${network}`], protocols: BOTH },
  blackhole: { reason: 'blackhole', target: NOWHERE, routes: (network) => [`blackhole ${network}`], protocols: BOTH },
  'a prohibiting ip rule': { reason: 'prohibit', target: NOWHERE, ipRules: byRule('prohibit') },
  // The kernel answers ENETUNREACH (fib4_rule_action in net/ipv4/fib_rules.c).
  'an unreachable ip rule': { reason: 'no-route', target: NOWHERE, ipRules: byRule('unreachable') },
  'a blackhole ip rule': { reason: 'blackhole', target: NOWHERE, ipRules: byRule('blackhole') },
  'no neighbour': { reason: 'no-neighbour', target: NOBODY, protocols: BOTH },
  'a mark, prohibit': { reason: 'prohibit', target: NOWHERE, ...toTable('prohibit'), protocols: BOTH },
  'a mark, unreachable': { reason: 'unreachable', target: NOWHERE, ...toTable('unreachable') },
  'a mark, blackhole': { reason: 'blackhole', target: NOWHERE, ...toTable('blackhole') },
  'a mark, no neighbour': {
    reason: 'no-neighbour',
    target: NOWHERE,
    mark: 1,
    routes: (network) => [`${network} dev eth1`, `${network} dev eth0 table 100`],
    ipRules: toTable('').ipRules,
  },
  'a mark, no route': {
    reason: 'no-route',
    target: NOWHERE,
    mark: 1,
    routes: (network) => [`${network} dev eth1`],
    ipRules: (network) => [`${network.includes(':') ? '-6 ' : ''}fwmark 1 unreachable`],
  },
};

const FAMILIES: Family[] = ['ipv4', 'ipv6'];

function* listRows(): Iterable<RoutingCase> {
  for (const [title, row] of Object.entries(ROWS)) {
    for (const family of FAMILIES) {
      for (const place of row.places ?? (['forwarded', 'own'] as const)) {
        for (const protocol of row.protocols ?? (['tcp'] as const)) {
          for (const isRewritten of [false, true]) {
            yield makeCase(title, row, { family, place, protocol, isRewritten });
          }
        }
      }
    }
  }
}

type Choice = Pick<RoutingCase, 'family' | 'place' | 'protocol' | 'isRewritten'>;

function makeCase(title: string, row: Row, choice: Choice): RoutingCase {
  const { family, place, protocol, isRewritten } = choice;
  const { target, routes, ipRules, sysctl = ON, mark = 0 } = row;
  const command = family === 'ipv4' ? '' : 'ip6tables ';
  const hook = place === 'own' ? 'OUTPUT' : 'PREROUTING';
  const source = place === 'own' ? WORLD[family] : CLIENT[family];
  const to = `${bracket(target[family])}:80`;
  return {
    name: [title, family, protocol, place, ...(isRewritten ? ['DNAT'] : [])].join(', '),
    ...choice,
    ...findTruth(row, choice),
    sysctl,
    routes: routes?.(NETWORK[family]) ?? [],
    ipRules: ipRules?.(NETWORK[family]) ?? [],
    rules: [
      ...(mark === 0 ? [] : [`${command}-t mangle -A ${hook} -p ${protocol} -j MARK --set-mark ${mark}`]),
      ...(isRewritten ? [`${command}-t nat -A ${hook} -p ${protocol} --dport 8080 -j DNAT --to-destination "${to}"`] : []),
    ],
    native: [],
    from: source,
    to: isRewritten ? `${bracket(WORLD[family])}:8080` : to,
    routed: { source, destination: target[family], inInterface: place === 'own' ? null : 'eth0', mark },
  };
}

function findTruth({ reason: ipv4, ipv6 = ipv4, mark = 0 }: Row, { family, place, protocol, isRewritten }: Choice): Truth {
  const reason = family === 'ipv4' ? ipv4 : ipv6;
  if (reason === null) {
    return { cause: 'service', reason };
  }
  // connect(2) looks for the route before there is a packet. What a rule has rewritten makes a datagram's send fail.
  const isLocal = place === 'own' && reason !== 'no-neighbour' && (isRewritten ? protocol === 'udp' : mark === 0);
  return { cause: isLocal ? 'local' : 'not-routed', reason };
}

const made = (title: string, row: Partial<RoutingCase> & Truth & { routed: RoutingCase['routed'] }): RoutingCase => ({
  name: title,
  family: 'ipv4',
  place: 'forwarded',
  protocol: 'tcp',
  isRewritten: false,
  sysctl: ON,
  routes: [],
  ipRules: [],
  rules: [],
  native: [],
  from: CLIENT.ipv4,
  to: `${BEHIND.ipv4}:80`,
  ...row,
});

/**
 * The sources that IPv4 takes from nobody outside. Only nft can give a packet one: a scenario's client has none of them, and iptables
 * changes no source before routing. The last one is the broadcast address of eth0, which the kernel looks up with rp_filter only.
 */
const MARTIANS = ['192.0.2.1', '127.0.0.9', '224.0.0.9', '255.255.255.255', '192.0.2.255'];
const DNAT = '-t nat -A PREROUTING -p tcp --dport 8080 -j DNAT --to-destination';

function* listSpecials(): Iterable<RoutingCase> {
  for (const isRewritten of [false, true]) {
    const suffix = isRewritten ? ', DNAT' : '';
    const rewrite = isRewritten ? { isRewritten, rules: [`${DNAT} ${BEHIND.ipv4}:80`], to: `${WORLD.ipv4}:8080` } : {};
    for (const source of MARTIANS) {
      yield made(`martian ${source}${suffix}`, {
        ...(isRewritten ? { isRewritten, to: `${WORLD.ipv4}:8080` } : {}),
        cause: 'not-routed',
        reason: 'martian',
        sysctl: { ...ON, 'net.ipv4.conf.eth0.rp_filter': source.endsWith('.255') ? 1 : 0 },
        native: [`ip saddr ${CLIENT.ipv4} ip saddr set ${source}`, ...(isRewritten ? [`tcp dport 8080 ip daddr set ${BEHIND.ipv4}`] : [])],
        routed: { source, destination: BEHIND.ipv4, inInterface: 'eth0', mark: 0 },
      });
    }
    for (const [filter, from, routes] of [
      [1, '198.51.100.200', []],
      [2, '203.0.113.9', ['unreachable 203.0.113.0/24']],
    ] as const) {
      yield made(`rp_filter ${filter}${suffix}`, {
        ...rewrite,
        cause: 'not-routed',
        reason: 'rp-filter',
        sysctl: { ...ON, 'net.ipv4.conf.eth0.rp_filter': filter },
        routes: [...routes],
        from,
        routed: { source: from, destination: BEHIND.ipv4, inInterface: 'eth0', mark: 0 },
      });
    }
  }
  yield made('martian to the host', {
    cause: 'not-routed',
    reason: 'martian',
    native: [`ip saddr ${CLIENT.ipv4} ip saddr set 192.0.2.1`],
    to: `${WORLD.ipv4}:80`,
    routed: { source: '192.0.2.1', destination: WORLD.ipv4, inInterface: 'eth0', mark: 0 },
  });
  yield made('rp_filter 1 to the host', {
    cause: 'not-routed',
    reason: 'rp-filter',
    sysctl: { 'net.ipv4.conf.all.rp_filter': 1 },
    from: '198.51.100.200',
    to: `${WORLD.ipv4}:80`,
    routed: { source: '198.51.100.200', destination: WORLD.ipv4, inInterface: 'eth0', mark: 0 },
  });
  // The answer comes in by another interface than the main table has for its source, as with a tunnel that a mark chooses.
  yield made('rp_filter 1, for the answer', {
    place: 'own',
    cause: 'not-routed',
    reason: 'rp-filter',
    sysctl: { 'net.ipv4.conf.eth1.rp_filter': 1 },
    routes: [`${BEHIND.ipv4} dev eth0`, `${BEHIND.ipv4} dev eth1 table 100`],
    ipRules: ['fwmark 1 lookup 100'],
    rules: ['-t mangle -A OUTPUT -p tcp -j MARK --set-mark 1'],
    from: WORLD.ipv4,
    routed: { source: BEHIND.ipv4, destination: WORLD.ipv4, inInterface: 'eth1', mark: 0 },
  });
  for (const protocol of ['tcp', 'udp'] as const) {
    yield made(`localnet, sent off the host, ${protocol}`, {
      place: 'own',
      protocol,
      isRewritten: true,
      cause: protocol === 'tcp' ? 'not-routed' : 'local',
      reason: 'localnet',
      rules: [`-t nat -A OUTPUT -p ${protocol} --dport 8080 -j DNAT --to-destination ${BEHIND.ipv4}:80`],
      from: '127.0.0.1',
      to: '127.0.0.1:8080',
      routed: { source: '127.0.0.1', destination: BEHIND.ipv4, inInterface: null, mark: 0 },
    });
    yield made(`localnet, from outside, ${protocol}`, {
      protocol,
      isRewritten: true,
      cause: 'not-routed',
      reason: 'localnet',
      rules: [`-t nat -A PREROUTING -p ${protocol} --dport 8080 -j DNAT --to-destination 127.0.0.1:80`],
      to: `${WORLD.ipv4}:8080`,
      routed: { source: CLIENT.ipv4, destination: '127.0.0.1', inInterface: 'eth0', mark: 0 },
    });
  }
  yield made('route_localnet 1, sent off the host', {
    place: 'own',
    isRewritten: true,
    cause: 'silent',
    reason: null,
    sysctl: { 'net.ipv4.conf.eth1.route_localnet': 1 },
    rules: [`-t nat -A OUTPUT -p tcp --dport 8080 -j DNAT --to-destination ${BEHIND.ipv4}:80`],
    from: '127.0.0.1',
    to: '127.0.0.1:8080',
    routed: { source: '127.0.0.1', destination: BEHIND.ipv4, inInterface: null, mark: 0 },
  });
  yield made('IPv6 has no route_localnet: to ::1 from outside', {
    family: 'ipv6',
    isRewritten: true,
    cause: 'not-routed',
    reason: 'no-route',
    rules: ['ip6tables -t nat -A PREROUTING -p tcp --dport 8080 -j DNAT --to-destination "[::1]:80"'],
    from: CLIENT.ipv6,
    to: `${bracket(WORLD.ipv6)}:8080`,
    routed: { source: CLIENT.ipv6, destination: '::1', inInterface: 'eth0', mark: 0 },
  });
  yield made('IPv6 has no route_localnet: from ::1 off the host', {
    family: 'ipv6',
    place: 'own',
    isRewritten: true,
    cause: 'silent',
    reason: null,
    rules: [`ip6tables -t nat -A OUTPUT -p tcp --dport 8080 -j DNAT --to-destination "${bracket(BEHIND.ipv6)}:80"`],
    from: '::1',
    to: '[::1]:8080',
    routed: { source: '::1', destination: BEHIND.ipv6, inInterface: null, mark: 0 },
  });
  for (const source of ['::1', 'ff02::9']) {
    yield made(`martian ${source}`, {
      family: 'ipv6',
      cause: 'not-routed',
      reason: 'martian',
      native: [`ip6 saddr ${CLIENT.ipv6} tcp dport 80 ip6 saddr set ${source}`],
      from: CLIENT.ipv6,
      to: `${bracket(BEHIND.ipv6)}:80`,
      routed: { source, destination: BEHIND.ipv6, inInterface: 'eth0', mark: 0 },
    });
  }
  for (const [action, reason] of [
    ['prohibit', 'prohibit'],
    ['unreachable', 'no-route'],
    ['blackhole', 'blackhole'],
  ] as const) {
    for (const family of FAMILIES) {
      yield made(`${action} ip rule for the answer, ${family}`, {
        family,
        cause: 'not-routed',
        reason,
        ipRules: [`${family === 'ipv6' ? '-6 ' : ''}iif eth1 to ${CLIENT[family]} ${action}`],
        from: CLIENT[family],
        to: `${bracket(BEHIND[family])}:80`,
        routed: { source: BEHIND[family], destination: CLIENT[family], inInterface: 'eth1', mark: 0 },
      });
    }
  }
}

export const CASES: RoutingCase[] = [...listRows(), ...listSpecials()];
