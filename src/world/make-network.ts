import { closeSync } from 'node:fs';
import { InternalError } from '../errors.js';
import { addAddress } from '../kernel/add-address.js';
import { addRoute } from '../kernel/add-route.js';
import { canSend } from '../kernel/can-send.js';
import { bringUp, takeDown } from '../kernel/interface-flags.js';
import { openNetworkNamespace } from '../kernel/network-namespace.js';
import { withRoutes } from '../kernel/route-socket.js';
import { waitForKernel } from '../kernel/wait-for-kernel.js';
import { writeSysctls } from '../kernel/write-sysctls.js';
import type { WorldSpec } from '../model/scenario.js';
import { addInterface } from './add-interface.js';
import { applySettings } from './apply-settings.js';
import { Places } from './places.js';
import { waitForAddresses } from './wait-for-addresses.js';
import { getWorldSettings } from './settings.js';

/**
 * Sets up the calling thread's new network namespace as the scenario describes it: settings, lo, interfaces with their outsides, addresses,
 * routes.
 * @throws InternalError that says what the kernel refuses, and why
 */
export function makeNetwork(spec: WorldSpec, callersNamespace: string): Places {
  const names = spec.interfaces.map(({ name }) => name);
  const settings = Object.entries(spec.sysctl);
  const isOfInterface = ([name]: [string, string]) => names.some((own) => name.includes(`.conf.${own}.`));
  // A new interface copies the "default" settings of the moment when it is made.
  applySettings(getWorldSettings(spec));
  writeSysctls(Object.fromEntries(settings.filter((each) => !isOfInterface(each))));
  if (spec.loopback === 'up') {
    bringUp('lo');
  }
  const world = openNetworkNamespace();
  const outsides = new Map<string, number>();
  try {
    for (const each of spec.interfaces) {
      outsides.set(
        each.name,
        attempt(`interface ${each.name}`, () => addInterface(each, world, callersNamespace)),
      );
    }
    writeSysctls(Object.fromEntries(settings.filter(isOfInterface)));
    addAddressesAndRoutes(spec);
    waitForNetwork(spec);
    spec.interfaces.filter(({ link }) => link === 'down').forEach(({ name }) => takeDown(name));
  } catch (error) {
    [world, ...outsides.values()].forEach((namespace) => closeSync(namespace));
    throw error;
  }
  return new Places(world, outsides);
}

function addAddressesAndRoutes({ addresses, routes }: WorldSpec): void {
  if (addresses.length + routes.length === 0) {
    return;
  }
  withRoutes((socket) => {
    for (const each of addresses) {
      attempt(`address ${each.address} of ${each.interface}`, () => addAddress(each, socket));
    }
    for (const route of routes) {
      attempt(`route "${route.text}"`, () => addRoute(route, socket));
    }
  });
}

/**
 * Waits until the interfaces send, and the addresses are assigned. A packet that is sent earlier is lost, and TCP retransmits it only a
 * second later. Without this wait, controls timed out in two to four of 62 scenarios.
 */
function waitForNetwork({ interfaces, addresses, loopback }: WorldSpec): void {
  const own = addresses.filter((each) => each.interface !== 'lo' || loopback === 'up').map(({ address }) => address);
  if (interfaces.length + own.length > 0) {
    withRoutes((socket) => {
      interfaces.forEach(({ name }) => waitForKernel(`interface ${name}`, () => canSend(name, socket)));
      waitForAddresses([...interfaces.flatMap((each) => each.addresses), ...own], socket);
    });
  }
}

function attempt<Result>(what: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw new InternalError(`${what} cannot be added: ${error instanceof Error ? error.message : String(error)}`);
  }
}
