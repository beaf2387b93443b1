import type { ClientInput } from '../model/scenario-file.js';
import { checkStand } from './check-stand.js';
import { getAddressProblem } from './get-address-problem.js';
import type { Network } from './network.js';
import { getMember, getMembers, getSound, type Place } from './place.js';
import type { ProblemList } from './problem-list.js';

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
export function resolveClients(scenario: Place, network: Network, problems: ProblemList): Clients | null {
  const place = getMember(scenario, 'clients');
  if (problems.isWrong(place.pointer)) {
    return null;
  }
  return new Map(getMembers(place).map(([name, member]) => [name, readClient(member, network, problems)]));
}

function readClient(place: Place, network: Network, problems: ProblemList): Client | null {
  if (typeof place.value === 'string') {
    const address = getSound<string>(place, problems);
    const problem = address === undefined ? null : getAddressProblem(address, 'client', network);
    if (problem !== null) {
      problems.add(place.pointer, problem);
    }
    return address === undefined || problem !== null ? null : makeClient(address);
  }
  const address = getSound<ClientInput['address']>(getMember(place, 'address'), problems);
  if (address !== undefined) {
    checkStand(place, address, 'client', network, problems);
  }
  const input = getSound<ClientInput>(place, problems);
  return input === undefined
    ? null
    : { address: input.address, port: input.port ?? null, via: input.via ?? null, blocking: input.connect === 'blocking' };
}
