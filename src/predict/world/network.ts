import type { Family } from '../../model/rule.js';
import type { AddressRange } from '../../rules/values/address-range.js';
import { type Answer, type Unknown, unknown } from './answer.js';
import type { ReadIpset } from './ipset.js';
import type { End, Ends, Ports } from './packet.js';
import { type FibRoute, type FibRule, findWay, isWithin, type Query } from './routing.js';

/** A program that listens. */
export interface Listener {
  protocol: 'tcp' | 'udp';
  /** Hexadecimal digits; null for every address of its family. */
  address: string | null;
  family: Family;
  ports: Ports;
  /** The interface at whose other end it is; null in the world itself. */
  via: string | null;
  /** tcp: what it sends when a client connects. udp: its answer to each datagram. null: it sends back what it gets. */
  banner: string | null;
}

/** A machine at the other end of an interface. */
export interface Machine {
  /** Hexadecimal digits. */
  addresses: string[];
  /** Its link-layer address. null: one of loopfw's, which begins with 02:00:00:00. */
  mac: string | null;
  /** The port of a bridge on which it is; null: on none of the world. */
  port: string | null;
  /** Whether it forwards packets to the other machines. */
  isRouter: boolean;
  /** Whether others may send it something first. */
  isAsked: boolean;
}

/** An interface of the world, with machines at its other end. */
export interface Interface {
  name: string;
  /** cable: what two machines send each other does not pass the world. bridge: it passes a bridge of the world. */
  kind: 'cable' | 'bridge';
  mtu: number;
  /** The world's own addresses. */
  addresses: string[];
  /** The networks of these addresses. */
  networks: AddressRange[];
  machines: Machine[];
}

/** What is around the rules: the addresses, interfaces and programs of a world. */
export interface Network {
  /** The world's addresses, of both families. */
  local: AddressRange[];
  /** Those that are up. */
  interfaces: Interface[];
  listeners: Listener[];
  forwards: Record<Family, boolean>;
  /** The interfaces by which packets for loopback addresses may come in (route_localnet); all: every one. */
  localnet: string[];
  /** Of networks of IPv4: their last addresses. */
  broadcasts: string[];
  routes: FibRoute[];
  /** In the order in which the kernel asks them. */
  rules: FibRule[];
  ipsets: ReadIpset[];
  /** What decides about ways and is not modelled: `a kernel setting`; null if all is. */
  unmodelled: string | null;
}

/**
 * Where a packet goes.
 * - machine: to the machine that has the address, by a router where `by` is not its own
 * - nobody: to an interface at which nobody has the address
 * - nowhere: no route, or one that refuses
 */
export type Route =
  | { to: 'world' }
  | { to: 'machine'; by: Interface; machine: Machine }
  | { to: 'nobody'; by: Interface }
  | { to: 'nowhere'; isProhibited: boolean }
  | { to: 'broadcast' }
  | { to: 'unknown'; why: string };

export function isLocal(address: string, { local }: Network): boolean {
  return local.some((range) => isWithin(address, range));
}

export function findRoute(query: Query, network: Network): Route {
  const { destination } = query;
  if (network.unmodelled !== null) {
    return { to: 'unknown', why: network.unmodelled };
  }
  if (isLocal(destination, network)) {
    return { to: 'world' };
  }
  if (network.broadcasts.includes(destination)) {
    return { to: 'broadcast' };
  }
  const way = findWay(query, network.rules, network.routes);
  if (way === null || way.kind === 'refused') {
    return { to: 'nowhere', isProhibited: way?.type === 'prohibit' };
  }
  if (way.kind === 'unknown') {
    return { to: 'unknown', why: way.why };
  }
  const hop = way.via ?? destination;
  if (isLocal(hop, network) || way.device === 'lo') {
    return { to: 'unknown', why: 'a route to the world itself' };
  }
  const by = network.interfaces.find(({ name, networks }) =>
    way.device === null ? networks.some((range) => isWithin(hop, range)) : name === way.device,
  );
  if (by === undefined) {
    return { to: 'nowhere', isProhibited: false };
  }
  // A loopback address leaves by an interface only where route_localnet lets it (ip_route_output_key_hash_rcu).
  if (isLoopback(query.source) && !isLocalnet(by.name, network)) {
    return { to: 'nowhere', isProhibited: false };
  }
  const next = findMachine(hop, by);
  if (next === undefined) {
    return { to: 'nobody', by };
  }
  const machine = next.addresses.includes(destination) ? next : next.isRouter ? findMachine(destination, by) : undefined;
  return machine === undefined ? { to: 'unknown', why: 'a machine that does not have the address' } : { to: 'machine', by, machine };
}

export function isLoopback(address: string): boolean {
  return address.length === 8 && address.startsWith('7f');
}

/** Whether packets of loopback addresses may come and go by an interface. */
export function isLocalnet(name: string, { localnet }: Network): boolean {
  return localnet.includes('all') || localnet.includes(name);
}

function findMachine(address: string, { machines }: Interface): Machine | undefined {
  return machines.find(({ addresses }) => addresses.includes(address));
}

/** The machine to which another at the same cable sends a packet without the world; null if it sends it to the world. */
export function findNeighbour({ source, destination }: Ends, via: string, { interfaces }: Network): Interface | null {
  const by = interfaces.find(({ name }) => name === via);
  const [from, to] = [source, destination].map(({ address }) => by && findMachine(address, by));
  const knowEachOther = from !== undefined && to !== undefined && from !== to && (from.isAsked || to.isAsked);
  return by !== undefined && knowEachOther ? by : null;
}

/**
 * The address from which the world itself answers a packet: where the packet was going, if that is the world. Otherwise the address of the
 * interface on the way back; null if there are several, or none.
 */
export function findOwnAddress({ source, destination }: Ends, network: Network): string | null {
  if (isLocal(destination.address, network)) {
    return destination.address;
  }
  const route = findRoute({ source: '', destination: source.address, mark: 0, inInterface: 'lo' }, network);
  if (route.to === 'world') {
    return source.address;
  }
  const own = route.to === 'machine' ? route.by.addresses.filter((address) => address.length === source.address.length) : [];
  return own.length === 1 ? (own[0] ?? null) : null;
}

/**
 * The program that listens at this end; null if none does.
 * @param via the interface at whose other end it would be; null in the world
 */
export function findListener(
  protocol: Listener['protocol'],
  { address, ports }: End,
  via: string | null,
  { listeners }: Network,
): Listener | null | Unknown {
  const touched = listeners.filter(
    (one) =>
      one.protocol === protocol &&
      one.via === via &&
      (one.family === 'ipv4') === (address.length === 8) &&
      (one.address === null || one.address === address) &&
      isPortWithin(ports, one.ports) !== false,
  );
  const [first] = touched;
  return first === undefined || isPortWithin(ports, first.ports) === true ? (first ?? null) : unknown('which of several ports');
}

/** Whether a port lies in a range. */
export function isPortWithin(ports: Ports | null, [first, last]: Ports): Answer {
  if (ports === null || ports[1] < first || last < ports[0]) {
    return false;
  }
  return (first <= ports[0] && ports[1] <= last) || unknown('a port that is chosen by the kernel');
}
