import type { Family } from '../../model/rule.js';
import type { AddressRange } from '../../rules/values/address-range.js';
import { type Answer, type Unknown, unknown } from './answer.js';
import type { ReadIpset } from './ipset.js';
import type { End, Ends, Ports } from './packet.js';

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

/** An interface of the world, with machines at its other end. */
export interface Interface {
  name: string;
  mtu: number;
  /** The world's own addresses. */
  addresses: string[];
  machines: string[];
}

/** What is around the rules: the addresses, interfaces and programs of a world. */
export interface Network {
  /** The world's addresses, of both families. */
  local: AddressRange[];
  interfaces: Interface[];
  listeners: Listener[];
  forwards: Record<Family, boolean>;
  /** The networks of its addresses. */
  networks: AddressRange[];
  /** Whether it has routes to elsewhere than its interfaces. */
  hasRoutes: boolean;
  ipsets: ReadIpset[];
  /** What decides about ways and is not modelled: `a routing rule`; null if all is. */
  unmodelled: string | null;
}

/** Where a packet goes. */
export type Route = { to: 'world' } | { to: 'machine'; by: Interface } | { to: 'nowhere' } | { to: 'unknown'; why: string };

export function isLocal(address: string, { local }: Network): boolean {
  return isIn(address, local);
}

function isIn(address: string, ranges: AddressRange[]): boolean {
  return ranges.some(([first, last]) => first.length === address.length && first <= address && address <= last);
}

export function findRoute(address: string, network: Network): Route {
  if (network.unmodelled !== null) {
    return { to: 'unknown', why: network.unmodelled };
  }
  if (isLocal(address, network)) {
    return { to: 'world' };
  }
  if (network.hasRoutes) {
    return { to: 'unknown', why: 'a route' };
  }
  const by = network.interfaces.find(({ machines }) => machines.includes(address));
  if (by !== undefined) {
    return { to: 'machine', by };
  }
  return isIn(address, network.networks) ? { to: 'unknown', why: 'an address that nobody has' } : { to: 'nowhere' };
}

/**
 * The address from which the world itself answers a packet: where the packet was going, if that is the world. Otherwise the address of the
 * interface on the way back; null if there are several, or none.
 */
export function findOwnAddress({ source, destination }: Ends, network: Network): string | null {
  if (isLocal(destination.address, network)) {
    return destination.address;
  }
  const route = findRoute(source.address, network);
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
