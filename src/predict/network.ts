import type { Family, Ipset } from '../model/rule.js';
import type { IpRuleSpec, Phase, RouteSpec, Scenario, Server, WorldSpec } from '../model/scenario.js';
import { type AddressRange, readAddressRange, toDigits } from '../rules/values/address-range.js';
import { getFamily, isIPv6Text, isWildcard } from '../words/addresses.js';
import { readIpset } from './world/ipset.js';
import type { Interface, Listener, Network } from './world/network.js';
import { type FibRoute, type FibRule, MAIN_TABLE } from './world/routing.js';

const SET_CHANGES = ['--add-set', '--del-set'];
/** The kernel's default for Ethernet. */
const MTU = 1500;
/** The last address of 127.0.0.0/8 is a broadcast address. */
const LOOPBACK = '127.0.0.0-127.255.255.254';
const LOOPBACK_BROADCAST = '7fffffff';
const FORWARDING = { ipv4: 'net.ipv4.ip_forward', ipv6: 'net.ipv6.conf.all.forwarding' } satisfies Record<Family, string>;
const LOCALNET = /^net\.ipv4\.conf\.(.+)\.route_localnet$/;
/** The metric of a route that names none (RTM_NEWROUTE). */
const METRICS: Record<Family, number> = { ipv4: 0, ipv6: 1024 };
/** The priorities of the rules for the tables main and default. */
const LAST_RULES = [32766, 32767];
const DEFAULT_TABLE = 253;

/** What is around the rules of a scenario. */
export function toNetwork({ world, servers, ipsets, phases }: Pick<Scenario, 'world' | 'servers' | 'ipsets' | 'phases'>): Network {
  const written = findWritten(ipsets, phases);
  const routes = [...world.routes, ...world.addedRoutes];
  const up = world.interfaces.filter(({ link }) => link === 'up');
  const addresses = [
    ...world.interfaces.flatMap(({ name, addresses: own }) => own.map((address) => ({ address, device: name }))),
    ...world.addresses.map(({ address, interface: device }) => ({ address, device })),
  ];
  const connected = addresses.filter(({ device }) => up.some(({ name }) => name === device));
  const local = [
    LOOPBACK,
    '::1',
    ...addresses.map(({ address, device }) => (device === 'lo' && !isIPv6Text(address) ? address : getHost(address))),
    ...routes.flatMap(({ type, prefix }) => (type === 'local' ? [prefix] : [])),
  ];
  return {
    local: readRanges(local),
    interfaces: up.map((each) => toInterface(each, connected)),
    listeners: servers.map(toListener),
    forwards: { ipv4: world.sysctl[FORWARDING.ipv4] === '1', ipv6: world.sysctl[FORWARDING.ipv6] === '1' },
    localnet: Object.entries(world.sysctl).flatMap(([name, value]) => (value === '1' ? [LOCALNET.exec(name)?.[1] ?? []].flat() : [])),
    broadcasts: [LOOPBACK_BROADCAST, ...connected.flatMap(({ address }) => getBroadcast(address))],
    // Of IPv6, an address of lo brings a route and no local addresses.
    routes: [
      ...[...connected, ...addresses.filter(({ address, device }) => device === 'lo' && isIPv6Text(address))].flatMap(
        ({ address, device }) => toConnectedRoute(address, device),
      ),
      ...routes.flatMap(toRoute),
    ],
    rules: (['ipv4', 'ipv6'] as const).flatMap((family) => toRules(world.ipRules, family)),
    ipsets: ipsets.map((set) => readIpset(set, written.has(set.name))),
    unmodelled: findUnmodelled(world),
  };
}

function readRanges(texts: string[]): AddressRange[] {
  return texts.map(readAddressRange).filter((range) => range !== null);
}

function toInterface(
  { name, kind, mtu, addresses, machines }: WorldSpec['interfaces'][number],
  connected: { address: string; device: string }[],
): Interface {
  return {
    ...{ name, kind, mtu: mtu ?? MTU, addresses: addresses.map((address) => toDigits(getHost(address))) },
    networks: readRanges(connected.filter(({ device }) => device === name).map(({ address }) => address)),
    machines: machines.map((machine) => ({
      addresses: machine.addresses.map((address) => toDigits(getHost(address))),
      ...{ mac: machine.mac, port: machine.port, isRouter: machine.isRouter, isAsked: machine.isServer || machine.isRouter },
    })),
  };
}

/** The last address of a network of IPv4. One of two addresses or less has none. */
function getBroadcast(address: string): string[] {
  const range = readAddressRange(address);
  return isIPv6Text(address) || range === null || Number(address.split('/')[1] ?? 32) > 30 ? [] : [range[1]];
}

function toConnectedRoute(address: string, device: string): FibRoute[] {
  const range = readAddressRange(address);
  const length = Number(address.split('/')[1] ?? 128);
  return range === null ? [] : [{ table: MAIN_TABLE, type: 'unicast', range, length, metric: 0, via: null, device }];
}

function toRoute({ type, family, prefix, via, device, metric, table }: RouteSpec): FibRoute[] {
  const range = readAddressRange(prefix);
  if (range === null || type === 'local') {
    return [];
  }
  const length = Number(prefix.split('/')[1] ?? 128);
  return [{ table: table ?? MAIN_TABLE, type, range, length, metric: metric ?? METRICS[family], via: via && toDigits(via), device }];
}

/** A rule without a priority comes before all others but that of local addresses (fib_default_rule_pref in net/core/fib_rules.c). */
function toRules(specs: IpRuleSpec[], family: Family): FibRule[] {
  const any = { family, isInverted: false, source: null, destination: null, inInterface: null, isOfBound: false, mark: null };
  const rules: { priority: number; rule: FibRule }[] = [MAIN_TABLE, DEFAULT_TABLE].map((table, place) => ({
    priority: LAST_RULES[place] ?? 0,
    rule: { ...any, action: { kind: 'lookup', table } },
  }));
  for (const spec of specs.filter((each) => each.family === family)) {
    const { isInverted, source, destination, inInterface, outInterface, mark, action } = spec;
    const priority = spec.priority ?? (rules[0]?.priority ?? 1) - 1;
    const place = rules.findIndex((other) => other.priority > priority);
    const [from, to] = [source, destination].map((text) => text && readAddressRange(text));
    rules.splice(place === -1 ? rules.length : place, 0, {
      priority,
      rule: {
        family,
        isInverted,
        source: from || null,
        destination: to || null,
        inInterface,
        isOfBound: outInterface !== null,
        mark,
        action,
      },
    });
  }
  return rules.map(({ rule }) => rule);
}

/** The names of the ipsets that rules write. What is written to a list goes to one of its members. */
function findWritten(ipsets: Ipset[], phases: Phase[]): Set<string> {
  const entries = phases.flatMap(({ ruleSet }) => ruleSet?.rules ?? []).flatMap((rule) => rule.entries);
  const targets = entries.flatMap((entry) => ('rules' in entry ? entry.rules : [])).flatMap(({ target }) => target ?? []);
  const named = targets.flatMap(({ name, options }) =>
    name === 'SET' ? options.flatMap(({ flag, values: [set = ''] }) => (SET_CHANGES.includes(flag) ? [set] : [])) : [],
  );
  const lists = ipsets.filter(({ name, type }) => named.includes(name) && type === 'list:set');
  return new Set([...named, ...lists.flatMap(({ elements }) => elements.map(({ value }) => value))]);
}

function toListener({ protocol, address, port, lastPort, via, banner, command }: Server): Listener {
  return {
    protocol: protocol === 'udp' ? 'udp' : 'tcp',
    address: isWildcard(address) ? null : toDigits(address),
    family: getFamily(address),
    ports: [port, lastPort],
    via,
    banner: protocol === 'http' || command !== null ? null : banner,
  };
}

function getHost(address: string): string {
  return address.split('/')[0] ?? '';
}

/** What of a world decides about the ways of packets and is not modelled. */
function findUnmodelled({ loopback, routes, sysctl }: WorldSpec): string | null {
  const others = Object.keys(sysctl).filter((name) => name !== FORWARDING.ipv4 && name !== FORWARDING.ipv6 && !LOCALNET.test(name));
  return loopback === 'down'
    ? 'a world without lo'
    : routes.some(({ type, table }) => type === 'local' && table !== null)
      ? 'a local route of another table'
      : others.length > 0
        ? 'a kernel setting'
        : null;
}
