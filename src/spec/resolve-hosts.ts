import { quote } from './describe-value.js';
import type { Place } from './place.js';
import type { Clients } from './resolve-clients.js';
import { describeTaken } from './unique-names.js';

/** Addresses by name; null for one that something is wrong with, so that its name is known all the same. */
export type Hosts = Map<string, string | null>;

/** Reads a scenario's `hosts`; null where they cannot even be named. */
export function resolveHosts(scenario: Place, clients: Clients | null): Hosts | null {
  const place = scenario.member('hosts');
  if (place.isWrong) {
    return null;
  }
  for (const [name, member] of place.members()) {
    const problem = getNameProblem(name, clients);
    if (problem !== null) {
      member.key.complain(problem);
    }
  }
  return new Map(place.members().map(([name, member]) => [name, member.read<string>() ?? null]));
}

/** A server may have a host's name: where one can stand, the other cannot. */
function getNameProblem(name: string, clients: Clients | null): string | null {
  if (/^[\d.]+$/.test(name)) {
    return `expected a name, found ${quote(name)}, which looks like an address`;
  }
  return clients?.has(name) ? describeTaken('host', name, 'a client') : null;
}
