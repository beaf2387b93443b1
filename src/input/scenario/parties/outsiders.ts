import type { MachineSpec } from '../../../model/scenario.js';
import { quote } from '../../../words/phrases.js';
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
        place.member('via').complain(`${party.address} is outside of ${other} already: it can be at one place only`);
      }
      outsiders.set(party.address, other);
    }
  }
  return outsiders;
}

/** A bridge of Linux has 1024 ports (BR_MAX_PORTS); one leads to the world. */
const MOST_MACHINES = 1000;

/** The world and the machines without a `mac` have link-layer addresses that begin so (inside/world/machines.ts). */
const OWN_MACS = '02:00:00:00:';

/** Link-layer addresses by the address of a client or server outside. */
type Macs = Map<string, string>;

/** Reads the `mac` of clients and servers. Reports one that has no machine, and one that no machine can have. */
export function resolveMacs(scenario: Place, outsiders: Outsiders): Macs {
  const macs: Macs = new Map();
  for (const [, place] of ['servers', 'clients'].flatMap((key) => scenario.member(key).members())) {
    const at = place.member('mac');
    const mac = typeof place.value === 'object' ? at.read<string>() : undefined;
    const address = mac === undefined ? undefined : place.member('address').read<string>();
    if (mac === undefined || address === undefined) {
      continue;
    }
    const problem = getMacProblem(mac, address, outsiders, macs);
    if (problem !== null) {
      at.complain(problem);
    } else {
      macs.set(address, mac);
    }
  }
  return macs;
}

function getMacProblem(mac: string, address: string, outsiders: Outsiders, macs: Macs): string | null {
  if (!outsiders.has(address)) {
    return `${address} is the world's own: "mac" is for a machine outside, with "via"`;
  }
  if (!/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/.test(mac)) {
    return `expected a link-layer address such as 02:42:ac:11:00:02, found ${quote(mac)}`;
  }
  if (Number.parseInt(mac, 16) % 2 === 1 || /^[0:]+$/.test(mac)) {
    return `expected the link-layer address of one machine, found ${mac}`;
  }
  if (mac.startsWith(OWN_MACS)) {
    return `${mac} is one of loopfw's own: write another`;
  }
  if ((macs.get(address) ?? mac) !== mac) {
    return `${address} has ${macs.get(address)} already: it is one machine`;
  }
  const other = [...macs].find(([each, its]) => its === mac && outsiders.get(each) !== outsiders.get(address));
  return other === undefined ? null : `${mac} is the machine of ${other[0]}, outside of ${outsiders.get(other[0])}`;
}

/** What decides which machines there are, and the names that ports of bridges can still have. */
interface Surroundings {
  outsiders: Outsiders;
  macs: Macs;
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
  { outsiders, macs, servers, network, ports }: Surroundings,
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
  // Those with one link-layer address are one machine.
  const groups = new Map<string, string[]>();
  for (const address of addresses) {
    const key = macs.get(address) ?? address;
    groups.set(key, [...(groups.get(key) ?? []), address]);
  }
  return [...groups].map(([key, own]) => ({
    addresses: own,
    mac: own.includes(key) ? null : key,
    port: kind === 'bridge' ? (ports.shift() ?? null) : null,
    isServer: own.some((address) => serving.has(address)),
    isRouter: own.some((address) => gateways.includes(address)),
  }));
}
