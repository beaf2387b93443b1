import { quote } from '../words/phrases.js';
import { getMember, getMembers, getSound, type Place } from './place.js';
import type { ProblemList } from './problem-list.js';
import type { Clients } from './resolve-clients.js';

/** Addresses by name; null for one that something is wrong with, so that its name is known all the same. */
export type Hosts = Map<string, string | null>;

/** Reads a scenario's `hosts`; null where they cannot even be named. */
export function resolveHosts(scenario: Place, clients: Clients | null, problems: ProblemList): Hosts | null {
  const place = getMember(scenario, 'hosts');
  if (problems.isWrong(place.pointer)) {
    return null;
  }
  for (const [name, member] of getMembers(place)) {
    const problem = getNameProblem(name, clients);
    if (problem !== null) {
      problems.add(member.pointer, problem, 'key');
    }
  }
  return new Map(getMembers(place).map(([name, member]) => [name, getSound<string>(member, problems) ?? null]));
}

/** A server may have a host's name: where one can stand, the other cannot. */
function getNameProblem(name: string, clients: Clients | null): string | null {
  if (/^[\d.]+$/.test(name)) {
    return `expected a name, found ${quote(name)}, which looks like an address`;
  }
  return clients?.has(name) ? `host name ${quote(name)} is taken: a client has it` : null;
}
