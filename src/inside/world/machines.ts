import { existsSync } from 'node:fs';
import { addBridge, addVeth, bringUp, isReady, setMaster, type VethEnd } from '../../kernel/network/links.js';
import { assertOutsideNetworkNamespace } from '../../kernel/network/namespace-name.js';
import { enterNetworkNamespace, enterNewNetworkNamespace, openNetworkNamespace } from '../../kernel/network/namespace.js';
import { addIpRule } from '../../kernel/network/ip-rules.js';
import { addRoute } from '../../kernel/network/routes.js';
import { type RouteSocket, withRouteSocket } from '../../kernel/network/rtnetlink.js';
import { waitForKernel } from '../../kernel/network/wait.js';
import type { Family } from '../../model/rule.js';
import type { InterfaceSpec, MachineSpec } from '../../model/scenario.js';
import { getFamily, isIPv6Text, isSameFamily } from '../../words/addresses.js';
import { addNeighbours, setUp, toPrefix, waitForAddresses } from './link.js';
import { applySettings, getBridgeSettings, OUTSIDE_SETTINGS, ROUTER_SETTINGS } from './settings.js';

/** The name of the other end of a veth: in a machine, and in the bridge outside. */
const CABLE = 'world';
const BRIDGE = 'bridge';
/** It exists if br_netfilter is loaded. */
const BRIDGE_NETFILTER = '/proc/sys/net/bridge/bridge-nf-call-iptables';

/** The link-layer address of the world's end (locally administered: RFC 7042, 2.1). */
const WORLD_MAC = '02:00:00:00:00:01';
/** Link-local addresses. A host that forwards an IPv6 packet sends its neighbour solicitation from an address of its own interface. */
export const WORLD_LINK_LOCAL = 'fe80::1/64';
/** The routing table of a router for what it forwards. Its own packets have the main table. */
const FORWARDED = 100;
/** The number of the first machine of an interface, in its link-layer and link-local address. The world has 1. */
const FIRST_NUMBER = 2;

/** Where the calling thread is, and stays: in the world, and never in the caller's network namespace. */
export interface Home {
  /** A descriptor of the world's network namespace. */
  world: number;
  callersNamespace: string;
}

/**
 * A machine at the other end of an interface, in a network namespace of its own. Its way to all other addresses is the world. But a router
 * discards what it should forward to an address that nobody has: back in the world, the packet would come to it again, until its time to
 * live ends.
 */
export interface Machine extends MachineSpec {
  /** Known, so that the others can have a neighbour entry for it. */
  mac: string;
  linkLocal: string;
  /** A descriptor of its network namespace. */
  namespace: number;
}

/** Makes a machine without any cable. @param place its place among the machines of its interface */
export function makeMachine(spec: MachineSpec, place: number, home: Home): Machine {
  const number = place + FIRST_NUMBER;
  const bytes = [2, 0, 0, 0, number >> 8, number & 0xff].map((byte) => byte.toString(16).padStart(2, '0'));
  const namespace = makeNamespace(home);
  if (spec.isRouter) {
    within(namespace, home, () => applySettings(ROUTER_SETTINGS));
  }
  return { ...spec, mac: spec.mac ?? bytes.join(':'), linkLocal: `fe80::${number.toString(16)}/64`, namespace };
}

/**
 * Makes an interface, and connects the machines to it. A bridge of the world has a port for each. Otherwise, with one machine, its cable is
 * the interface. Several machines have a bridge in a network namespace of its own: what they say to each other does not pass the world.
 * @returns a list of one, the descriptor of the bridge's namespace; it is empty if there is no bridge
 */
export function connectMachines({ name, kind, mtu }: InterfaceSpec, machines: Machine[], home: Home): number[] {
  if (kind === 'bridge') {
    withRouteSocket((socket) => addBridge({ name, mac: WORLD_MAC, mtu }, socket));
    addPorts(name, machines, mtu);
    return [];
  }
  const [machine] = machines;
  if (machine !== undefined && machines.length === 1) {
    withRouteSocket((socket) => addCable({ name, mac: WORLD_MAC, mtu }, machine, socket));
    return [];
  }
  const outside = makeNamespace(home);
  withRouteSocket((socket) => addVeth({ name, mac: WORLD_MAC, mtu }, { name: CABLE, mtu, namespace: outside }, socket));
  within(outside, home, () => {
    bringUp(CABLE);
    if (machines.length > 0) {
      makeBridge(machines, mtu);
    }
  });
  return [outside];
}

function addCable(end: VethEnd, { mac, namespace }: Machine, socket: RouteSocket): void {
  addVeth(end, { name: CABLE, mac, mtu: end.mtu ?? null, namespace }, socket);
}

/** Makes the bridge outside, in the calling thread's namespace. Its packets meet no rules, and no connection tracking. */
function makeBridge(machines: Machine[], mtu: number | null): void {
  if (existsSync(BRIDGE_NETFILTER)) {
    applySettings(getBridgeSettings(false));
  }
  withRouteSocket((socket) => {
    addBridge({ name: BRIDGE }, socket);
    setMaster(CABLE, BRIDGE, socket);
  });
  addPorts(BRIDGE, machines, mtu);
  bringUp(BRIDGE);
}

function addPorts(bridge: string, machines: Machine[], mtu: number | null): void {
  withRouteSocket((socket) =>
    machines.forEach((machine, place) => {
      const name = getPort(machine, place);
      addCable({ name, mtu }, machine, socket);
      setMaster(name, bridge, socket);
      bringUp(name);
    }),
  );
}

function getPort({ port }: Machine, place: number): string {
  return port ?? `port${place + 1}`;
}

/**
 * Gives each machine its addresses, its way to the world, and its ways to the others. The interface must be up.
 * @param elsewhere the addresses of the machines at other interfaces
 */
export function setUpMachines({ addresses }: InterfaceSpec, machines: Machine[], home: Home, elsewhere: string[]): void {
  const hasIPv6 = addresses.some(isIPv6Text);
  for (const machine of machines) {
    within(machine.namespace, home, () => {
      const others = machines.filter((other) => other !== machine && (isAsked(machine) || isAsked(other)));
      setUp(CABLE, [...machine.addresses.map(toPrefix), ...(hasIPv6 ? [machine.linkLocal] : [])]);
      withRouteSocket((socket) => {
        waitForKernel(`the cable of ${machine.addresses.join()}`, () => isReady(CABLE, socket));
        waitForAddresses(machine.addresses, socket);
        getFirstOfEachFamily(addresses).forEach((address) => addWayByWorld(null, address, null, socket));
        const beside = others.flatMap((other) => other.addresses);
        beside.forEach((address) => addDirectRoute(address, null, socket));
        if (machine.isRouter) {
          addForwarding(getFirstOfEachFamily(addresses), { beside, elsewhere }, socket);
        }
      });
      addNeighbours(addresses, CABLE, WORLD_MAC);
      others.forEach((other) => addNeighbours(other.addresses.map(toPrefix), CABLE, other.mac));
    });
  }
}

/** Whether others may send it something. Two clients send each other nothing; routes between all of 900 clients took 50 s. */
function isAsked({ isServer, isRouter }: Machine): boolean {
  return isServer || isRouter;
}

/**
 * Waits until the ports of the machines are ready. Before, a port discards what the bridge gives it.
 * @param bridge the descriptor of the namespace of the bridge outside; null for a bridge of the world
 */
export function waitForPorts(bridge: number | null, machines: Machine[], home: Home): void {
  const names = [...(bridge === null ? [] : [CABLE]), ...machines.map(getPort)];
  within(bridge ?? home.world, home, () =>
    withRouteSocket((socket) => names.forEach((name) => waitForKernel(`port ${name}`, () => isReady(name, socket)))),
  );
}

/** The routes of a router for what it forwards: to the machines beside it, by the world to those elsewhere, and for all else none. */
function addForwarding(ways: string[], { beside, elsewhere }: { beside: string[]; elsewhere: string[] }, socket: RouteSocket): void {
  beside.forEach((address) => addDirectRoute(address, FORWARDED, socket));
  for (const way of ways) {
    const family = getFamily(way);
    elsewhere.filter((address) => isSameFamily(address, way)).forEach((address) => addWayByWorld(address, way, FORWARDED, socket));
    addRoute({ ...ROUTE, type: 'blackhole', family, prefix: DEFAULTS[family], device: null, table: FORWARDED }, socket);
    addIpRule({ ...RULE, family, inInterface: CABLE, action: { kind: 'lookup', table: FORWARDED } }, socket);
  }
}

const DEFAULTS: Record<Family, string> = { ipv4: '0.0.0.0/0', ipv6: '::/0' };
const ROUTE = { type: 'unicast', via: null, device: CABLE, source: null, metric: null, onlink: false } as const;
const RULE = { isInverted: false, source: null, destination: null, outInterface: null, mark: null, priority: null, text: '' } as const;

/**
 * A route by the world's own address, whatever the machine's address is.
 * @param destination null for the default route
 */
function addWayByWorld(destination: string | null, own: string, table: number | null, socket: RouteSocket): void {
  const family = getFamily(own);
  const prefix = destination === null ? DEFAULTS[family] : toPrefix(destination);
  addRoute({ ...ROUTE, family, prefix, via: own.split('/')[0] ?? own, table, onlink: true }, socket);
}

function addDirectRoute(address: string, table: number | null, socket: RouteSocket): void {
  addRoute({ ...ROUTE, family: getFamily(address), prefix: toPrefix(address), table }, socket);
}

function getFirstOfEachFamily(addresses: string[]): string[] {
  return [addresses.find((address) => !isIPv6Text(address)), addresses.find(isIPv6Text)].filter((address) => address !== undefined);
}

function makeNamespace({ world, callersNamespace }: Home): number {
  try {
    enterNewNetworkNamespace();
    assertOutsideNetworkNamespace(callersNamespace);
    applySettings(OUTSIDE_SETTINGS);
    bringUp('lo');
    return openNetworkNamespace();
  } finally {
    enterNetworkNamespace(world);
  }
}

/** Runs work in another network namespace, and returns to the world. */
function within<Result>(namespace: number, { world }: Home, work: () => Result): Result {
  try {
    enterNetworkNamespace(namespace);
    return work();
  } finally {
    enterNetworkNamespace(world);
  }
}
