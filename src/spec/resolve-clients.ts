import type { ClientInput } from '../model/scenario-file.js';
import { checkStand } from './check-stand.js';
import { getAddressProblem } from './get-address-problem.js';
import type { Network } from './network.js';
import type { Place } from './place.js';

/** The client end of a probe. */
export interface Client {
  address: string;
  /** The port of all its probes; null: each probe gets a port of its own. */
  port: number | null;
  via: string | null;
  blocking: boolean;
}

/** Makes a client that has only an address. */
export function makeClient(address: string): Client {
  return { address, port: null, via: null, blocking: false };
}

/** The clients by name. A null client has an error: its name is still known, so that its uses are not reported as well. */
export type Clients = Map<string, Client | null>;

/** Reads a scenario's `clients`. The result is null if `clients` itself is wrong, so that even the names are unknown. */
export function resolveClients(scenario: Place, network: Network): Clients | null {
  const place = scenario.member('clients');
  if (place.isWrong) {
    return null;
  }
  return new Map(place.members().map(([name, member]) => [name, readClient(member, network)]));
}

function readClient(place: Place, network: Network): Client | null {
  if (typeof place.value === 'string') {
    const address = place.read<string>();
    const problem = address === undefined ? null : getAddressProblem(address, 'client', network);
    if (problem !== null) {
      place.complain(problem);
    }
    return address === undefined || problem !== null ? null : makeClient(address);
  }
  const address = place.member('address').read<ClientInput['address']>();
  if (address !== undefined) {
    checkStand(place, address, 'client', network);
  }
  const input = place.read<ClientInput>();
  return input === undefined
    ? null
    : { address: input.address, port: input.port ?? null, via: input.via ?? null, blocking: input.connect === 'blocking' };
}
