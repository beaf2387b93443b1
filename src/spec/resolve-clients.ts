import type { ClientInput } from '../model/scenario-file.js';
import { checkStand } from './check-stand.js';
import { getAddressProblem } from './get-address-problem.js';
import type { Network } from './network.js';
import type { Place } from './place.js';

export interface Client {
  address: string;
  /** Its own port; null: each probe gets another. */
  port: number | null;
  via: string | null;
  blocking: boolean;
}

/** A client of which nothing but its address was said. */
export function makeClient(address: string): Client {
  return { address, port: null, via: null, blocking: false };
}

/** The clients by name; null for one that something is wrong with, so that its name is known all the same. */
export type Clients = Map<string, Client | null>;

/** Reads a scenario's `clients`; null where they cannot even be named. */
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
