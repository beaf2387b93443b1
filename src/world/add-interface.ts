import { assertOutsideNetworkNamespace } from '../kernel/assert-outside-network-namespace.js';
import { addAddress } from '../kernel/add-address.js';
import { addNeighbour } from '../kernel/add-neighbour.js';
import { addRoute } from '../kernel/add-route.js';
import { addVeth } from '../kernel/add-veth.js';
import { bringUp } from '../kernel/interface-flags.js';
import { enterNetworkNamespace, enterNewNetworkNamespace, openNetworkNamespace } from '../kernel/network-namespace.js';
import { withRoutes } from '../kernel/route-socket.js';
import type { InterfaceSpec, RouteSpec } from '../model/scenario.js';
import { ADDRESS_BITS, getFamily, isIPv6Text } from '../words/addresses.js';
import { applySettings } from './apply-settings.js';
import { waitForAddresses } from './wait-for-addresses.js';
import { getLinkSettings, OUTSIDE_SETTINGS } from './settings.js';

/** What the other end of a veth is called, whose namespace it has for itself. */
const PEER = 'world';
/** Link-layer addresses of our own choosing (RFC 7042, 2.1: locally administered), so that both ends can be told of each other. */
const MACS = { world: '02:00:00:00:00:01', outside: '02:00:00:00:00:02' };
/** Of IPv6, whoever forwards a packet asks for its next neighbour from an address of the interface's own. */
const LINK_LOCAL = { world: 'fe80::1/64', outside: 'fe80::2/64' };

/**
 * Gives the world an interface, and the interface an outside: a network namespace of its own for those who stand at its other end, from
 * which every way leads through the world. (In one for all interfaces, what goes from one to the other would never leave it.)
 *
 * @param world a descriptor of the world's network namespace, in which the calling thread is, and is again afterwards
 * @returns a descriptor of the outside
 */
export function addInterface({ name, addresses, outside }: InterfaceSpec, world: number, callersNamespace: string): number {
  const others = outside.map(toPrefix);
  const namespace = within(world, () => makeOutside(callersNamespace));
  withRoutes((socket) => addVeth({ name, mac: MACS.world }, { name: PEER, mac: MACS.outside, namespace }, socket));
  const hasIPv6 = addresses.some(isIPv6Text);
  setUp(name, [...addresses, ...(hasIPv6 ? [LINK_LOCAL.world] : [])]);
  within(world, () => {
    enterNetworkNamespace(namespace);
    setUp(PEER, [...others, ...(hasIPv6 ? [LINK_LOCAL.outside] : [])]);
    withRoutes((socket) => waitForAddresses(others, socket));
    withRoutes((socket) => getFirstOfEachFamily(addresses).forEach((via) => addRoute(makeDefaultRoute(via), socket)));
    addNeighbours(addresses, PEER, MACS.world);
  });
  withRoutes((socket) => others.forEach((prefix) => addRoute(makeRoute(prefix, name), socket)));
  addNeighbours(others, name, MACS.outside);
  return namespace;
}

/** Does something that leaves the calling thread in another network namespace, and comes back. */
function within<Result>(world: number, work: () => Result): Result {
  try {
    return work();
  } finally {
    enterNetworkNamespace(world);
  }
}

function makeOutside(callersNamespace: string): number {
  enterNewNetworkNamespace();
  assertOutsideNetworkNamespace(callersNamespace);
  applySettings(OUTSIDE_SETTINGS);
  bringUp('lo');
  return openNetworkNamespace();
}

function setUp(name: string, addresses: string[]): void {
  applySettings(getLinkSettings(name, addresses));
  withRoutes((socket) => addresses.forEach((address) => addAddress({ address, interface: name, label: null }, socket)));
  bringUp(name);
}

/**
 * No rule of iptables or nft's inet families meets ARP, so nobody asks: a question that got lost under load was asked again a second later,
 * and what had waited for its answer then met the rules in place of what the controls had long given up. IPv6's discovery does meet rules.
 */
function addNeighbours(prefixes: string[], device: string, mac: string): void {
  withRoutes((socket) => prefixes.filter((prefix) => !isIPv6Text(prefix)).forEach((prefix) => addNeighbour(prefix, device, mac, socket)));
}

function makeRoute(prefix: string, device: string): RouteSpec {
  const family = getFamily(prefix);
  return { type: 'unicast', family, prefix, via: null, device, source: null, metric: null, onlink: false, text: '' };
}

/** By the world's own address, whatever the address of the one who sends. */
function makeDefaultRoute(via: string): RouteSpec {
  return { ...makeRoute(isIPv6Text(via) ? '::/0' : '0.0.0.0/0', PEER), via: via.split('/')[0] ?? via, onlink: true };
}

function getFirstOfEachFamily(addresses: string[]): string[] {
  return [addresses.find((address) => !isIPv6Text(address)), addresses.find(isIPv6Text)].filter((address) => address !== undefined);
}

function toPrefix(address: string): string {
  return `${address}/${ADDRESS_BITS[getFamily(address)]}`;
}
