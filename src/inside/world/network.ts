import { closeSync } from 'node:fs';
import { addAddress } from '../../kernel/network/addresses.js';
import { bringUp, isReady, takeDown } from '../../kernel/network/links.js';
import { openNetworkNamespace } from '../../kernel/network/namespace.js';
import { addIpRule } from '../../kernel/network/ip-rules.js';
import { addRoute } from '../../kernel/network/routes.js';
import { KernelRefusal, withRouteSocket } from '../../kernel/network/rtnetlink.js';
import { writeSysctls } from '../../kernel/network/sysctls.js';
import { waitForKernel } from '../../kernel/network/wait.js';
import { InternalError, UsageError } from '../../model/errors.js';
import type { WorldAdditions, WorldLink } from '../../model/result.js';
import type { InterfaceSpec, WorldSpec } from '../../model/scenario.js';
import { addInterface } from './interface.js';
import { waitForAddresses } from './link.js';
import { PeerNamespaces } from './peers.js';
import { applySettings, getWorldSettings } from './settings.js';

/**
 * Sets up the calling thread's new network namespace as the scenario describes it: settings, lo, interfaces with their machines, addresses,
 * routes.
 * @throws UsageError that says which entry of the scenario the kernel refuses, and why
 * @throws InternalError for any other failure
 */
export function makeNetwork(spec: WorldSpec, callersNamespace: string): { places: PeerNamespaces; additions: WorldAdditions } {
  const names = spec.interfaces.map(({ name }) => name);
  const stated = Object.entries(spec.sysctl);
  const isOfInterface = ([name]: [string, string]) => names.some((own) => name.includes(`.conf.${own}.`));
  // A new interface copies the "default" settings of the moment when it is made.
  const sysctl = applySettings(getWorldSettings(spec));
  writeSysctls(Object.fromEntries(stated.filter((each) => !isOfInterface(each))));
  if (spec.loopback === 'up') {
    bringUp('lo');
  }
  const world = openNetworkNamespace();
  const machines = new Map<string, number>();
  const bridges: number[] = [];
  try {
    for (const each of spec.interfaces) {
      const elsewhere = spec.interfaces.filter((other) => other !== each).flatMap(listAddresses);
      const added = attempt(`interface ${each.name}`, () => addInterface(each, { world, callersNamespace }, elsewhere));
      added.machines.forEach(([address, namespace]) => machines.set(address, namespace));
      bridges.push(...added.bridges);
      Object.assign(sysctl, added.settings);
    }
    writeSysctls(Object.fromEntries(stated.filter(isOfInterface)));
    addAddressesAndRoutes(spec);
    waitForNetwork(spec);
    spec.interfaces.filter(({ link }) => link === 'down').forEach(({ name }) => takeDown(name));
  } catch (error) {
    [world, ...new Set(machines.values()), ...bridges].forEach((namespace) => closeSync(namespace));
    throw error;
  }
  const neighbourhoods = spec.interfaces.filter(({ kind }) => kind === 'cable').map(listAddresses);
  const additions = { sysctl, routes: spec.addedRoutes.map(({ text }) => text), links: spec.interfaces.flatMap(listLinks) };
  return { places: new PeerNamespaces(world, machines, bridges, neighbourhoods), additions };
}

/**
 * Whether ICMP errors can tell the hosts of a world of other routes while no rule is there: of a smaller MTU on a path, or redirects of who
 * forwards.
 */
export function mayLearnRoutes({ interfaces, sysctl }: WorldSpec): boolean {
  return (
    interfaces.some(({ mtu, machines }) => mtu !== null || machines.some(({ isRouter }) => isRouter)) ||
    Object.entries(sysctl).some(([name, value]) => /forward(ing)?$/.test(name) && value !== '0')
  );
}

function listAddresses({ machines }: InterfaceSpec): string[] {
  return machines.flatMap(({ addresses }) => addresses);
}

/** The interfaces with machines at the other end: a bridge has none itself, but its ports have. */
function listLinks(spec: InterfaceSpec): WorldLink[] {
  const { name, machines } = spec;
  const ports = machines.flatMap(({ port, addresses }) => (port === null ? [] : [{ name: port, bridge: name, machines: addresses }]));
  return ports.length > 0 || machines.length === 0 ? ports : [{ name, bridge: null, machines: listAddresses(spec) }];
}

function addAddressesAndRoutes({ addresses, routes, ipRules, addedRoutes }: WorldSpec): void {
  if (addresses.length + routes.length + ipRules.length + addedRoutes.length === 0) {
    return;
  }
  withRouteSocket((socket) => {
    for (const each of addresses) {
      attempt(`address ${each.address} of ${each.interface}`, () => addAddress(each, socket));
    }
    for (const route of [...routes, ...addedRoutes]) {
      attempt(`route "${route.text}"`, () => addRoute(route, socket));
    }
    for (const rule of ipRules) {
      attempt(`rule "${rule.text}"`, () => addIpRule(rule, socket));
    }
  });
}

/**
 * Waits until the interfaces are ready, and the addresses are assigned. A packet that is sent earlier is lost, and TCP retransmits it only a
 * second later. Without this wait, controls timed out in two to four of 62 scenarios.
 * A bridge without ports has no carrier, and is never ready.
 */
function waitForNetwork({ interfaces, addresses, loopback }: WorldSpec): void {
  const own = addresses.filter((each) => each.interface !== 'lo' || loopback === 'up').map(({ address }) => address);
  if (interfaces.length + own.length > 0) {
    withRouteSocket((socket) => {
      const connected = interfaces.filter(({ kind, machines }) => kind !== 'bridge' || machines.length > 0);
      connected.forEach(({ name }) => waitForKernel(`interface ${name}`, () => isReady(name, socket)));
      waitForAddresses([...interfaces.flatMap((each) => each.addresses), ...own], socket);
    });
  }
}

/** Errors of rtnetlink(7) that the request itself causes, and not the machine. */
const OF_SCENARIO = ['EEXIST', 'EINVAL', 'ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL'];

function attempt<Result>(what: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    const message = `${what} cannot be added: ${error instanceof Error ? error.message : String(error)}`;
    throw error instanceof KernelRefusal && OF_SCENARIO.includes(error.errno) ? new UsageError(message) : new InternalError(message);
  }
}
