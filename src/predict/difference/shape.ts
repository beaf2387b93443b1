// Worlds of one shape differ in the addresses of the ends of a probe, and in ports. In them, nothing but rules tells such ends apart.
import { CLIENT_PORTS } from '../../model/protocols.js';
import { toDigits } from '../../rules/values/address-range.js';
import { LINK_LOCAL } from '../world/neighbour.js';
import { isPortWithin, type Listener, type Network } from '../world/network.js';
import type { Ends, Ports } from '../world/packet.js';
import { isWithin } from '../world/routing.js';

/** 127.0.0.1 and ::1, which the kernel itself chooses. */
export const LOOPBACK = ['7f000001', `${'0'.repeat(31)}1`];

/** The ports of clients that name none. */
const CHOSEN_PORTS: Ports = [CLIENT_PORTS.first, CLIENT_PORTS.last];

/**
 * What decides about the ways of packets to and from an address, beside rules.
 * @param network of a world without machines
 * @param named addresses to which rules translate
 */
export function describeAddress(text: string, network: Network, named: readonly string[]): string {
  const address = toDigits(text);
  const { local, broadcasts, interfaces, routes, rules } = network;
  const own = interfaces.flatMap(({ addresses }) => addresses);
  if ([...own, ...LOOPBACK, LINK_LOCAL, ...named.map(toDigits)].includes(address)) {
    return address;
  }
  const ranges = [
    ...local,
    ...interfaces.flatMap(({ networks }) => networks),
    ...routes.map(({ range }) => range),
    ...rules.flatMap(({ source, destination }) => [source, destination].filter((range) => range !== null)),
  ];
  return JSON.stringify([address.length, broadcasts.includes(address), ...ranges.map((range) => isWithin(address, range))]);
}

/** What decides about the ports of a client and its server, beside rules. null: the kernel chooses the port, or there is none. */
export function describePorts(ports: (Ports | null)[], listeners: Listener[]): string {
  const chosen = ports.map((own) => own ?? CHOSEN_PORTS);
  const ranges = [...chosen, ...listeners.map((listener) => listener.ports)];
  return JSON.stringify(chosen.map((own) => ranges.map((range) => isPortWithin(own, range))));
}

/** A network without the addresses of these ends, and without the ports of its servers. */
export function describeNetwork(network: Network, ends: Ends): string {
  const named = { source: { address: 'source', ports: null }, destination: { address: 'destination', ports: null } };
  const moved = moveNetwork(network, ends, named);
  return JSON.stringify({ ...moved, listeners: moved.listeners.map((listener) => ({ ...listener, ports: null })) });
}

/** The network of the same shape for other ends. */
export function moveNetwork(network: Network, from: Ends, to: Ends): Network {
  const move = (address: string) =>
    address === from.source.address ? to.source.address : address === from.destination.address ? to.destination.address : address;
  return {
    ...network,
    interfaces: network.interfaces.map((each) => ({
      ...each,
      machines: each.machines.map((machine) => ({ ...machine, addresses: machine.addresses.map(move) })),
    })),
    listeners: network.listeners.map((listener) => ({ ...listener, address: listener.address && move(listener.address) })),
    routes: network.routes.map((route) => ({
      ...route,
      // Not a network that begins with an address of the ends.
      range: route.range[0] === route.range[1] ? [move(route.range[0]), move(route.range[1])] : route.range,
      via: route.via && move(route.via),
    })),
  };
}
