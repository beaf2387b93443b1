import type { MachineSpec } from '../../../model/scenario.js';
import type { Place } from '../../json/document.js';
import type { DescribedInterface, Network } from '../world/network.js';
import { listGateways } from '../world/way-back.js';
import type { Clients } from './clients.js';
import type { Servers } from './servers.js';

/** The clients and servers outside of the world's interfaces: the name of the interface by address. */
export type Outsiders = Map<string, string>;

/** Collects the clients and servers that have a `via`. Reports an address that is outside of two interfaces. */
export function resolveOutsiders(scenario: Place, { servers, clients }: { servers: Servers | null; clients: Clients | null }): Outsiders {
  const outsiders: Outsiders = new Map();
  for (const [key, parties] of [
    ['servers', servers],
    ['clients', clients],
  ] as const) {
    for (const [name, party] of parties ?? []) {
      if (party === null || party.via === null) {
        continue;
      }
      const other = outsiders.get(party.address) ?? party.via;
      if (other !== party.via) {
        const place = scenario.member(key).member(name);
        place.member('via').complain(`${party.address} stands outside of ${other} already: it can be at one place`);
      }
      outsiders.set(party.address, other);
    }
  }
  return outsiders;
}

/** A bridge of Linux has 1024 ports (BR_MAX_PORTS); one leads to the world. */
const MOST_MACHINES = 1000;

/** What decides which machines there are, and the names that ports of bridges can still have. */
interface Surroundings {
  outsiders: Outsiders;
  servers: Servers | null;
  network: Network;
  ports: string[];
}

/** Names for the ports of the world's bridges: veth1, veth2 and so on, without the names of its interfaces. */
export function listPortNames({ interfaces }: Network): string[] {
  const bridges = interfaces.filter(({ kind }) => kind === 'bridge').length;
  const names = Array.from({ length: bridges * MOST_MACHINES }, (_, place) => `veth${place + 1}`);
  return names.filter((port) => !interfaces.some(({ name }) => name === port));
}

/**
 * The machines at the other end of an interface: one for each address, and the next hops of the world's routes to them. Reports an
 * interface with too many.
 */
export function listMachines(
  scenario: Place,
  { name, kind }: Pick<DescribedInterface, 'name' | 'kind'>,
  { outsiders, servers, network, ports }: Surroundings,
): MachineSpec[] {
  const all = [...outsiders].map(([address, via]) => ({ address, via }));
  const own = all.filter(({ via }) => via === name).map(({ address }) => address);
  const gateways = listGateways(name, all, network);
  const serving = new Set([...(servers?.values() ?? [])].map((server) => server?.address));
  const addresses = [...new Set([...own, ...gateways])];
  if (addresses.length > MOST_MACHINES) {
    scenario
      .member(kind === 'bridge' ? 'bridges' : 'interfaces')
      .member(name)
      .key.complain(`expected at most ${MOST_MACHINES} machines outside of ${name}, found ${addresses.length}: use further interfaces`);
  }
  return addresses.map((address) => ({
    addresses: [address],
    port: kind === 'bridge' ? (ports.shift() ?? null) : null,
    isServer: serving.has(address),
    isRouter: gateways.includes(address),
  }));
}
