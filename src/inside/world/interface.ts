import { closeSync } from 'node:fs';
import type { InterfaceSpec } from '../../model/scenario.js';
import { isIPv6Text } from '../../words/addresses.js';
import { addNeighbours, setUp, toPrefix } from './link.js';
import { connectMachines, type Home, makeMachine, type Machine, setUpMachines, waitForPorts, WORLD_LINK_LOCAL } from './machines.js';
import type { Settings } from './settings.js';

/** An interface of the world with its machines. */
interface AddedInterface {
  /** The descriptors of the machines' network namespaces, by address. */
  machines: [address: string, namespace: number][];
  /** The descriptor of the namespace of the bridge outside, if there is one. */
  bridges: number[];
  /** The settings of the interface that differ from the kernel's defaults. */
  settings: Settings;
}

/**
 * Adds an interface to the world, and its machines to the interface. Each machine is a network namespace of its own. With one namespace for
 * all of them, packets from one machine to another would never leave it, and the world's answer to a packet of its own would be refused.
 *
 * @param elsewhere the addresses of the machines at other interfaces
 */
export function addInterface(spec: InterfaceSpec, home: Home, elsewhere: string[]): AddedInterface {
  const { name, addresses } = spec;
  const machines: Machine[] = [];
  const bridges: number[] = [];
  try {
    spec.machines.forEach((each, place) => machines.push(makeMachine(each, place, home)));
    bridges.push(...connectMachines(spec, machines, home));
    const settings = setUp(name, [...addresses, ...(addresses.some(isIPv6Text) ? [WORLD_LINK_LOCAL] : [])]);
    setUpMachines(spec, machines, home, elsewhere);
    (spec.kind === 'bridge' ? [null] : bridges).forEach((bridge) => waitForPorts(bridge, machines, home));
    machines.forEach((machine) => addNeighbours(machine.addresses.map(toPrefix), name, machine.mac));
    return { machines: machines.flatMap(listPlaces), bridges, settings };
  } catch (error) {
    [...machines.map(({ namespace }) => namespace), ...bridges].forEach((each) => closeSync(each));
    throw error;
  }
}

function listPlaces({ addresses, namespace }: Machine): [string, number][] {
  return addresses.map((address) => [address, namespace]);
}
