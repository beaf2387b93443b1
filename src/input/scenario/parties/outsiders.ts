import type { MachineSpec } from '../../../model/scenario.js';
import type { Place } from '../../json/document.js';
import type { Network } from '../world/network.js';
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

/**
 * The machines at the other end of an interface: one for each address, and the next hops of the world's routes to them. Reports an
 * interface with too many.
 */
export function listMachines(
  interfacePlace: Place,
  name: string,
  { outsiders, servers, network }: { outsiders: Outsiders; servers: Servers | null; network: Network },
): MachineSpec[] {
  const all = [...outsiders].map(([address, via]) => ({ address, via }));
  const own = all.filter(({ via }) => via === name).map(({ address }) => address);
  const gateways = listGateways(name, all, network);
  const serving = new Set([...(servers?.values() ?? [])].map((server) => server?.address));
  const addresses = [...new Set([...own, ...gateways])];
  if (addresses.length > MOST_MACHINES) {
    interfacePlace.key.complain(
      `expected at most ${MOST_MACHINES} machines outside of ${name}, found ${addresses.length}: use further interfaces`,
    );
  }
  return addresses.map((address) => ({ addresses: [address], isServer: serving.has(address), isRouter: gateways.includes(address) }));
}
