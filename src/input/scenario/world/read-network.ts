import ipaddr from 'ipaddr.js';
import type { AddressInput } from '../../../model/scenario-file.js';
import type { ExtraAddress, IpRuleSpec, RouteSpec } from '../../../model/scenario.js';
import { isIPv6Text } from '../../../words/addresses.js';
import { quote } from '../../../words/phrases.js';
import { didYouMean } from '../../../words/suggestion.js';
import type { Place } from '../../json/document.js';
import { parseAddressPrefix } from './address.js';
import { parseIpRule } from './ip-rule.js';
import { type DescribedInterface, hasAddress, type Network } from './network.js';
import { getRefusal } from './refused-route.js';
import { parseRoute } from './route.js';

/** Names with a special meaning in sysctl(8) settings, such as net.ipv4.conf.all. */
const RESERVED = ['all', 'default'];

/** Reads a scenario's `interfaces`, `bridges`, `addresses` and `routes`. They decide which addresses its clients and servers can have. */
export function resolveNetwork(scenario: Place): Network {
  const isSound = (...keys: string[]) => keys.every((key) => scenario.member(key).isSound);
  const interfaces = [...resolveInterfaces(scenario), ...resolveBridges(scenario)];
  const addresses = resolveAddresses(scenario, interfaces);
  const network = { interfaces, addresses, routes: [], ipRules: [], isSound: isSound('interfaces', 'bridges', 'addresses') };
  return {
    ...network,
    routes: resolveRoutes(scenario, network),
    ipRules: resolveIpRules(scenario, network),
    isSound: isSound('interfaces', 'bridges', 'addresses', 'routes', 'ipRules'),
  };
}

/** Reads a scenario's `interfaces`. */
function resolveInterfaces(scenario: Place): DescribedInterface[] {
  const members = scenario.member('interfaces').members();
  return members.map(([name, place]) => {
    checkName(name, place);
    const link = place.member('link').read<DescribedInterface['link']>() ?? 'up';
    return { name, kind: 'cable', link, ...readLink(place) };
  });
}

/** Reads a scenario's `bridges`. */
function resolveBridges(scenario: Place): DescribedInterface[] {
  const taken = new Set(
    scenario
      .member('interfaces')
      .members()
      .map(([name]) => name),
  );
  return scenario
    .member('bridges')
    .members()
    .map(([name, place]) => {
      checkName(name, place);
      if (taken.has(name)) {
        place.key.complain(`${name} is taken: an interface has this name`);
      }
      return { name, kind: 'bridge', link: 'up', ...readLink(place) };
    });
}

/** The least MTU of a link with IPv6 (RFC 8200, 5). With less, the kernel removes IPv6 from the interface. */
const LEAST_WITH_IPV6 = 1280;

function readLink(place: Place): Pick<DescribedInterface, 'addresses' | 'mtu'> {
  const items = place.member('addresses').items();
  const addresses = items.flatMap((item) => readOwnAddresses(item));
  const mtu = place.member('mtu').read<number>() ?? null;
  if (mtu !== null && mtu < LEAST_WITH_IPV6 && addresses.some(isIPv6Text)) {
    place.member('mtu').complain(`expected ${LEAST_WITH_IPV6} or more, which IPv6 needs, found ${mtu}`);
  }
  return { addresses, mtu };
}

function checkName(name: string, place: Place): void {
  if (name === 'lo') {
    place.key.complain('lo is there anyway: write its addresses in "addresses"');
  } else if (RESERVED.includes(name)) {
    place.key.complain(`no interface can be called ${quote(name)}: the kernel's settings call all of them so`);
  }
}

function readOwnAddresses(place: Place): string[] {
  const text = place.read<string>();
  if (text === undefined) {
    return [];
  }
  const read = parseAddressPrefix(text, true);
  const problem = 'problem' in read ? read.problem : getRangeProblem(read.prefix);
  if (problem !== null) {
    place.complain(problem);
  }
  return 'prefix' in read && problem === null ? [read.prefix] : [];
}

/** The reason why an interface other than lo cannot have an address, or null. */
function getRangeProblem(prefix: string): string | null {
  const range = ipaddr.parse(prefix.split('/')[0] ?? '').range();
  return range === 'loopback' ? `${prefix} is an address of lo's own` : null;
}

/** Reads a scenario's `addresses`. Reports an address that occurs twice, here or in `interfaces`. */
function resolveAddresses(scenario: Place, interfaces: DescribedInterface[]): ExtraAddress[] {
  const holders = new Map([
    ['127.0.0.1', 'lo'],
    ['::1', 'lo'],
  ]);
  for (const { name, kind, addresses } of interfaces) {
    addresses.forEach((prefix, index) => {
      const place = scenario
        .member(kind === 'bridge' ? 'bridges' : 'interfaces')
        .member(name)
        .member('addresses')
        .item(index);
      hold(prefix, name, place, holders);
    });
  }
  const known = ['lo', ...interfaces.map(({ name }) => name)];
  const places = scenario.member('addresses').items();
  return places.flatMap((place) => {
    const extra = readAddress(place, known);
    if (extra !== null) {
      hold(extra.address, extra.interface, place, holders);
    }
    return extra ?? [];
  });
}

function hold(prefix: string, name: string, place: Place, holders: Map<string, string>): void {
  const address = prefix.split('/')[0] ?? prefix;
  const holder = holders.get(address);
  holders.set(address, name);
  if (holder !== undefined) {
    place.complain(
      `${address} is taken: ${holder} has it${holder === 'lo' && /^(127\.0\.0\.1|::1)$/.test(address) ? ' from the start' : ''}`,
    );
  }
}

function readAddress(place: Place, known: string[]): ExtraAddress | null {
  const input = place.read<string | AddressInput>();
  if (input === undefined) {
    return null;
  }
  const { address, interface: name = 'lo', label = null } = typeof input === 'string' ? { address: input } : input;
  const read = parseAddressPrefix(address, false);
  const at = typeof input === 'string' ? place : place.member('address');
  const problem = 'problem' in read ? read.problem : name === 'lo' ? null : getRangeProblem(read.prefix);
  if (problem !== null) {
    at.complain(problem);
  }
  if (!known.includes(name)) {
    place.member('interface').complain(`no interface ${quote(name)}${didYouMean(name, known)}`);
  }
  const labelProblem = label === null ? null : getLabelProblem(label, name, address);
  if (labelProblem !== null) {
    place.member('label').complain(labelProblem);
  }
  return 'problem' in read || !place.isSound ? null : { address: read.prefix, interface: name, label };
}

function getLabelProblem(label: string, name: string, address: string): string | null {
  if (isIPv6Text(address)) {
    return 'only an IPv4 address has a label';
  }
  return /^[\w.:-]+$/.test(label) && label.startsWith(`${name}:`) && label.length > name.length + 1
    ? null
    : `expected a label such as "${name}:1", found ${quote(label)}`;
}

/** Reads a scenario's `routes`, in the order in which the kernel gets them. */
function resolveRoutes(scenario: Place, network: Network): RouteSpec[] {
  const routes: RouteSpec[] = [];
  for (const place of scenario.member('routes').items()) {
    const text = place.read<string>();
    if (text !== undefined) {
      const route = parseRoute(text);
      const refuse = (each: RouteSpec) => (network.isSound ? getRefusal(each, { ...network, routes }) : null);
      const problem = 'problem' in route ? route.problem : (getNameProblem(route, network) ?? refuse(route));
      if (problem !== null) {
        place.complain(problem);
      } else if (!('problem' in route)) {
        routes.push(route);
      }
    }
  }
  return routes;
}

/** Reads a scenario's `ipRules`. */
function resolveIpRules(scenario: Place, network: Network): IpRuleSpec[] {
  const before = new Map<string, string>();
  const known = ['lo', ...network.interfaces.map(({ name }) => name)];
  return scenario
    .member('ipRules')
    .items()
    .flatMap((place) => {
      const text = place.read<string>();
      const rule = text === undefined ? undefined : parseIpRule(text);
      if (rule === undefined) {
        return [];
      }
      if ('problem' in rule) {
        place.complain(rule.problem);
        return [];
      }
      const unknown = [rule.inInterface, rule.outInterface].find((name) => name !== null && !known.includes(name)) ?? null;
      if (unknown !== null) {
        place.complain(`no interface ${quote(unknown)}${didYouMean(unknown, known)}`);
      }
      // Without a priority, each rule gets one of its own.
      const key = JSON.stringify({ ...rule, text: '' });
      const same = rule.priority === null ? undefined : before.get(key);
      if (same !== undefined) {
        place.complain(`the rule ${quote(same)} is there already`);
      }
      before.set(key, rule.text);
      return [rule];
    });
}

function getNameProblem({ device, source }: RouteSpec, network: Network): string | null {
  const known = ['lo', ...network.interfaces.map(({ name }) => name)];
  if (device !== null && !known.includes(device)) {
    return `no interface ${quote(device)}${didYouMean(device, known)}`;
  }
  return source === null || hasAddress(network, source) || !network.isSound ? null : `the world does not have the address ${source}`;
}
