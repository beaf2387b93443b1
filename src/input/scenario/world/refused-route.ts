// Routes that the kernel would refuse, so that they are reported with their place before anything runs.
import ipaddr from 'ipaddr.js';
import type { RouteSpec } from '../../../model/scenario.js';
import { getFamily, isIPv6Text, isSameFamily } from '../../../words/addresses.js';
import { quote } from '../../../words/phrases.js';
import type { Network } from './network.js';

const MAIN = 254;
const LOCAL = 255;
/** The metric of a route that has none, and of the route to the network of an interface (ip-route(8)). */
const METRICS = { ipv4: { stated: 0, network: 0 }, ipv6: { stated: 1024, network: 256 } };
/** Addresses that an interface of IPv6 reaches without any address of a network (RFC 4291, 2.5.6). */
const LINK_LOCAL = 'fe80::/10';

/**
 * The reason why the kernel refuses a route, or null if none is known.
 * @param network the network, with the routes before this one
 */
export function getRefusal(route: RouteSpec, network: Network): string | null {
  return getNextHopRefusal(route, network) ?? getRepetition(route, network);
}

/** A next hop must be in a network of an interface, or have a route without a next hop (fib_check_nh in net/ipv4/fib_semantics.c). */
function getNextHopRefusal({ via, device, onlink }: RouteSpec, { interfaces, addresses, routes }: Network): string | null {
  if (via === null || onlink) {
    return null;
  }
  const direct = [
    { prefix: '127.0.0.0/8', by: 'lo' },
    ...(device === null ? [] : [{ prefix: LINK_LOCAL, by: device }]),
    ...interfaces.flatMap(({ name, addresses: own }) => own.map((prefix) => ({ prefix, by: name }))),
    ...addresses.map(({ address, interface: name }) => ({ prefix: address, by: name })),
    ...routes.flatMap(({ prefix, via: hop, device: by }) => (hop === null && by !== null ? [{ prefix, by }] : [])),
  ].filter(({ prefix }) => isIn(via, prefix));
  if (device === null && isIn(via, LINK_LOCAL)) {
    return `the next hop ${via} is a link-local address, which every interface has: name one by "dev"`;
  }
  if (direct.some(({ by }) => device === null || by === device || by === 'lo')) {
    return null;
  }
  const [other] = direct;
  return other === undefined
    ? `the next hop ${via} is in no network of the world: give an interface an address of its network, or add "onlink" behind "dev"`
    : `the next hop ${via} is behind ${other.by}, not behind ${device}`;
}

/** A table has one route for a prefix and a metric. */
function getRepetition(route: RouteSpec, { interfaces, routes, addresses }: Network): string | null {
  const key = getKey(route);
  const before = routes.find((other) => getKey(other) === key);
  if (before !== undefined) {
    return `the route ${quote(before.text)} is there already, with the same prefix, metric and table`;
  }
  const networks = [
    ...interfaces.flatMap(({ name, addresses: own }) => own.map((prefix) => ({ prefix, name }))),
    ...addresses.flatMap(({ address, interface: name }) => (name === 'lo' ? [] : [{ prefix: address, name }])),
  ];
  const owner = networks.find(({ prefix }) => makeKey(MAIN, prefix, METRICS[getFamily(prefix)].network) === key);
  return owner === undefined ? null : `the address ${owner.prefix} of ${owner.name} makes this route already`;
}

function getKey({ family, type, prefix, metric, table }: RouteSpec): string {
  return makeKey(table ?? (type === 'local' ? LOCAL : MAIN), prefix, metric ?? METRICS[family].stated);
}

function makeKey(table: number, prefix: string, metric: number): string {
  const network = (isIPv6Text(prefix) ? ipaddr.IPv6 : ipaddr.IPv4).networkAddressFromCIDR(prefix).toString();
  return `${table} ${network}/${prefix.split('/')[1]} ${metric}`;
}

function isIn(address: string, prefix: string): boolean {
  return isSameFamily(address, prefix) && ipaddr.parse(address).match(ipaddr.parseCIDR(prefix));
}
