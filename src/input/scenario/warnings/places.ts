import ipaddr from 'ipaddr.js';
import type { ProbeSpec, Server } from '../../../model/scenario.js';
import { isSameFamily, isWildcard } from '../../../words/addresses.js';
import type { WarnedScenario } from './finder.js';

/** Whether the world itself has an address. */
export function isOfWorld({ interfaces, addresses, routes }: WarnedScenario['world'], address: string): boolean {
  const own = [...interfaces.flatMap((one) => one.addresses), ...addresses.map((one) => one.address)];
  const local = routes.filter(({ type }) => type === 'local').map(({ prefix }) => prefix);
  return isLoopback(address) || own.some((each) => each.split('/')[0] === address) || local.some((prefix) => isIn(address, prefix));
}

function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.');
}

/** Whether a packet to an address has somewhere to go: a machine has it, or a route of the scenario leads on. */
export function isSomewhere(world: WarnedScenario['world'], address: string): boolean {
  const machines = world.interfaces.flatMap((each) => each.machines.flatMap((machine) => machine.addresses));
  return isOfWorld(world, address) || machines.includes(address) || world.routes.some(({ prefix }) => isIn(address, prefix));
}

function isIn(address: string, prefix: string): boolean {
  return isSameFamily(address, prefix) && ipaddr.parse(address).match(ipaddr.parseCIDR(prefix));
}

/** The interface behind which an address is; null for none. */
export function findInterface(world: WarnedScenario['world'], address: string): string | null {
  return world.interfaces.find(({ machines }) => machines.some(({ addresses }) => addresses.includes(address)))?.name ?? null;
}

/** The server of the world itself that listens where a probe goes. */
export function findListener(servers: Server[], { protocol, to }: ProbeSpec): Server | undefined {
  return servers.find(
    ({ address, port, lastPort, via, protocol: own }) =>
      via === null &&
      (own === 'udp') === (protocol === 'udp') &&
      (address === to.address || (isWildcard(address) && isSameFamily(address, to.address))) &&
      port <= to.port &&
      to.port <= lastPort,
  );
}

/** A hook of the filter table, and the interfaces that a packet has there. */
export interface Hook {
  chain: 'INPUT' | 'FORWARD' | 'OUTPUT';
  inInterface: string;
  outInterface: string;
}

/** The chains that a packet can meet by each interface of the world; on lo, if it has no interface. */
export function listHooks({ world }: WarnedScenario): Hook[] {
  const names = world.interfaces.length === 0 ? ['lo'] : world.interfaces.map(({ name }) => name);
  return names.flatMap((name) => [
    { chain: 'INPUT', inInterface: name, outInterface: '' },
    { chain: 'OUTPUT', inInterface: '', outInterface: name },
    ...names.filter((other) => other !== name).map((other): Hook => ({ chain: 'FORWARD', inInterface: name, outInterface: other })),
  ]);
}

/** The chains that a packet of a probe meets. */
export interface Way {
  isAnswer: boolean;
  raw: { chain: 'PREROUTING' | 'OUTPUT'; inInterface: string; outInterface: string }[];
  hooks: Hook[];
}

/** The chains of raw and filter that a request and its answer meet. */
export function listWays({ world }: WarnedScenario, { via, to: { address: to } }: ProbeSpec): Way[] {
  const far = isOfWorld(world, to) ? null : findInterface(world, to);
  if (via === null && far === null) {
    const raw: Way['raw'] = [
      { chain: 'OUTPUT', inInterface: '', outInterface: 'lo' },
      { chain: 'PREROUTING', inInterface: 'lo', outInterface: '' },
    ];
    const hooks: Hook[] = [
      { chain: 'OUTPUT', inInterface: '', outInterface: 'lo' },
      { chain: 'INPUT', inInterface: 'lo', outInterface: '' },
    ];
    return [false, true].map((isAnswer) => ({ isAnswer, raw, hooks }));
  }
  return [
    { isAnswer: false, ...getWay(via, far) },
    { isAnswer: true, ...getWay(far, via) },
  ];
}

/** The chains that a packet meets from one interface to another. null: from or to the world itself. */
function getWay(from: string | null, to: string | null): Pick<Way, 'raw' | 'hooks'> {
  const [inInterface, outInterface] = [from ?? '', to ?? ''];
  const chain = from === null ? 'OUTPUT' : to === null ? 'INPUT' : 'FORWARD';
  const raw: Way['raw'] = [
    from === null ? { chain: 'OUTPUT', inInterface: '', outInterface } : { chain: 'PREROUTING', inInterface, outInterface: '' },
  ];
  return { raw, hooks: [{ chain, inInterface, outInterface }] };
}
