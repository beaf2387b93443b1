import ipaddr from 'ipaddr.js';
import type { RouteSpec } from '../../../model/scenario.js';
import { ADDRESS_BITS, getFamily, isIPv6Text, isSameFamily } from '../../../words/addresses.js';
import type { Network } from './network.js';

/** The metric of a route that has none (ip-route(8)). A prefix of an interface has 0, or 256 with IPv6. */
const METRICS = { ipv4: { prefix: 0, route: 0 }, ipv6: { prefix: 256, route: 1024 } };

/** A client or server outside of an interface. */
export interface Outsider {
  address: string;
  via: string;
}

const MAIN = 254;

/** Routes that end the lookup in a table without an interface. The scenario states that its world does not reach these addresses. */
const REFUSING: RouteSpec['type'][] = ['blackhole', 'unreachable', 'prohibit', 'throw'];

/** A way of the world to an address: by an interface, and a next hop if there is one. */
interface Way {
  prefix: string;
  metric: number;
  type: RouteSpec['type'];
  device: string | null;
  gateway: string | null;
  table: number;
}

/** The route that loopfw adds to an outsider; null if the scenario's own routes lead there by the outsider's interface, or refuse it. */
export function makeAddedRoute({ address, via }: Outsider, network: Network): RouteSpec | null {
  const family = getFamily(address);
  const prefix = `${address}/${ADDRESS_BITS[family]}`;
  const way = findWay(address, network);
  // The kernel has one route for a prefix: where the scenario states it, it stays.
  if (way !== null && ((way.type === 'unicast' && way.device === via) || way.prefix === prefix || REFUSING.includes(way.type))) {
    return null;
  }
  const text = `${address} dev ${via}`;
  return { type: 'unicast', family, prefix, via: null, device: via, source: null, metric: null, table: null, onlink: false, text };
}

/** Whether the scenario's own routes say anything of an address. A route that refuses it is a route. */
export function hasWay(address: string, network: Network): boolean {
  return listTables(network).some((table) => findWay(address, network, table) !== null);
}

/** The next hops outside of an interface by which the world's own routes lead to an outsider there. */
export function listGateways(name: string, outsiders: Outsider[], network: Network): string[] {
  const own = outsiders.filter(({ via }) => via === name);
  const ways = listTables(network).flatMap((table) => own.map(({ address }) => findWay(address, network, table)));
  const gateways = ways.flatMap((way) => (way?.device === name && way.gateway !== null ? [way.gateway] : []));
  return [...new Set(gateways)];
}

/** The way that the kernel chooses in a table: the longest prefix, then the lowest metric. */
function findWay(address: string, network: Network, table = MAIN): Way | null {
  const fitting = listWays(network).filter((way) => way.table === table && isIn(address, way.prefix));
  return fitting.reduce<Way | null>((best, way) => (best === null || isBetter(way, best) ? way : best), null);
}

function listTables({ routes }: Network): number[] {
  return [...new Set([MAIN, ...routes.map(({ table }) => table ?? MAIN)])];
}

function isBetter(way: Way, other: Way): boolean {
  const [length, otherLength] = [getLength(way), getLength(other)];
  return length > otherLength || (length === otherLength && way.metric < other.metric);
}

function listWays({ interfaces, addresses, routes }: Network): Way[] {
  const prefixes = [
    ...interfaces.flatMap(({ name, addresses: own }) => own.map((address) => ({ address, device: name }))),
    ...addresses.map(({ address, interface: device }) => ({ address, device })),
  ].map(({ address, device }): Way => ({
    prefix: address,
    metric: METRICS[getFamily(address)].prefix,
    type: device === 'lo' && !isIPv6Text(address) ? 'local' : 'unicast',
    device,
    gateway: null,
    table: MAIN,
  }));
  const stated = routes.map(({ type, family, prefix, via, device, metric, table }): Way => ({
    prefix,
    metric: metric ?? METRICS[family].route,
    type,
    device: device ?? findDevice(via, prefixes),
    gateway: via,
    table: table ?? MAIN,
  }));
  return [...prefixes, ...stated];
}

/** The interface in whose prefix a next hop is. */
function findDevice(gateway: string | null, prefixes: Way[]): string | null {
  return prefixes.find(({ prefix }) => gateway !== null && isIn(gateway, prefix))?.device ?? null;
}

function getLength({ prefix }: Way): number {
  return Number(prefix.split('/')[1]);
}

function isIn(address: string, prefix: string): boolean {
  return isSameFamily(address, prefix) && ipaddr.parse(address).match(ipaddr.parseCIDR(prefix));
}
