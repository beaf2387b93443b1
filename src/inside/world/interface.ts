import { addAddress, isLocal } from '../../kernel/network/addresses.js';
import { addVeth, bringUp } from '../../kernel/network/links.js';
import { assertOutsideNetworkNamespace } from '../../kernel/network/namespace-name.js';
import { enterNetworkNamespace, enterNewNetworkNamespace, openNetworkNamespace } from '../../kernel/network/namespace.js';
import { addNeighbour } from '../../kernel/network/neighbours.js';
import { addRoute } from '../../kernel/network/routes.js';
import { type RouteSocket, withRouteSocket } from '../../kernel/network/rtnetlink.js';
import { waitForKernel } from '../../kernel/network/wait.js';
import type { InterfaceSpec, RouteSpec } from '../../model/scenario.js';
import { ADDRESS_BITS, getFamily, isIPv6Text } from '../../words/addresses.js';
import { applySettings, getLinkSettings, OUTSIDE_SETTINGS } from './settings.js';

/** The name of the other end of a veth. It is alone in its namespace. */
const PEER = 'world';
/**
 * Link-layer addresses of loopfw (locally administered: RFC 7042, 2.1). They are fixed, so that each end can have a neighbour entry for the
 * other.
 */
const MACS = { world: '02:00:00:00:00:01', outside: '02:00:00:00:00:02' };
/** Link-local addresses. A host that forwards an IPv6 packet sends its neighbour solicitation from an address of its own interface. */
const LINK_LOCAL = { world: 'fe80::1/64', outside: 'fe80::2/64' };

interface AddedInterface {
  /** A descriptor of the outside. */
  outside: number;
  /** The settings of the interface that differ from the kernel's defaults. */
  settings: Record<string, string>;
}

/**
 * Adds an interface to the world, and an outside to the interface. An outside is the network namespace of the peers at the other end of the
 * veth. All its routes lead through the world. With one namespace for all outsides, packets from one interface to another would never leave
 * it.
 *
 * @param world a descriptor of the world's network namespace. The calling thread is in it, and is in it again afterwards
 */
export function addInterface(
  { name, addresses, outside, gateways }: InterfaceSpec,
  world: number,
  callersNamespace: string,
): AddedInterface {
  const others = outside.map(toPrefix);
  const namespace = within(world, () => makeOutside(callersNamespace));
  withRouteSocket((socket) => addVeth({ name, mac: MACS.world }, { name: PEER, mac: MACS.outside, namespace }, socket));
  const hasIPv6 = addresses.some(isIPv6Text);
  const settings = setUp(name, [...addresses, ...(hasIPv6 ? [LINK_LOCAL.world] : [])]);
  within(world, () => {
    enterNetworkNamespace(namespace);
    setUp(PEER, [...others, ...(hasIPv6 ? [LINK_LOCAL.outside] : [])]);
    withRouteSocket((socket) => waitForAddresses(others, socket));
    withRouteSocket((socket) => getFirstOfEachFamily(addresses).forEach((via) => addRoute(makeDefaultRoute(via), socket)));
    addNeighbours(addresses, PEER, MACS.world);
  });
  addNeighbours([...others, ...gateways.map(toPrefix)], name, MACS.outside);
  return { outside: namespace, settings };
}

/** Runs work that leaves the calling thread in another network namespace, and returns to the world. */
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

function setUp(name: string, addresses: string[]): Record<string, string> {
  const settings = applySettings(getLinkSettings(name, addresses));
  withRouteSocket((socket) => addresses.forEach((address) => addAddress({ address, interface: name, label: null }, socket)));
  bringUp(name);
  return settings;
}

/**
 * Adds permanent neighbour entries for IPv4, so that the kernel sends no ARP requests. No rule of iptables or of nft's inet families sees
 * ARP. Without the entries, an ARP request that was lost under load was repeated a second later. The packet of a control that waited for
 * the answer then met the rules, after the control had ended. IPv6 gets no entries, because rules do see its neighbour discovery.
 */
function addNeighbours(prefixes: string[], device: string, mac: string): void {
  withRouteSocket((socket) =>
    prefixes.filter((prefix) => !isIPv6Text(prefix)).forEach((prefix) => addNeighbour(prefix, device, mac, socket)),
  );
}

/** The default route: by the world's own address, whatever the sender's address is. */
function makeDefaultRoute(address: string): RouteSpec {
  const [prefix, via] = [isIPv6Text(address) ? '::/0' : '0.0.0.0/0', address.split('/')[0] ?? address];
  return { type: 'unicast', family: getFamily(address), prefix, via, device: PEER, source: null, metric: null, onlink: true, text: '' };
}

function getFirstOfEachFamily(addresses: string[]): string[] {
  return [addresses.find((address) => !isIPv6Text(address)), addresses.find(isIPv6Text)].filter((address) => address !== undefined);
}

function toPrefix(address: string): string {
  return `${address}/${ADDRESS_BITS[getFamily(address)]}`;
}

/** Waits until the addresses of the calling thread's namespace receive packets. Their interfaces must be up, with a carrier. */
export function waitForAddresses(addresses: string[], socket: RouteSocket): void {
  for (const address of addresses) {
    waitForKernel(`address ${address}`, () => isLocal(address, socket));
  }
}
