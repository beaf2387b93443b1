import type { ClientInput } from '../model/scenario-file.js';
import { getAddressProblem } from './get-address-problem.js';
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
export function resolveClients(scenario: Place, problems: ProblemList): Clients | null {
  const place = getMember(scenario, 'clients');
  if (problems.isWrong(place.pointer)) {
    return null;
  }
  return new Map(getMembers(place).map(([name, member]) => [name, readClient(member, problems)]));
}

function readClient(place: Place, problems: ProblemList): Client | null {
  const isObject = typeof place.value !== 'string';
  const at = isObject ? getMember(place, 'address') : place;
  const address = getSound<ClientInput['address']>(at, problems);
  if (address === undefined) {
    return null;
  }
  const problem = getAddressProblem(address, 'client');
  if (problem !== null) {
    problems.add(at.pointer, problem);
    return null;
  }
  const { connect, port = null, via = null } = isObject ? (getSound<ClientInput>(place, problems) ?? { connect: undefined }) : {};
  return { address, port, via, blocking: connect === 'blocking' };
}
