import { getMember, getMembers, getSound, type Place } from './place.js';
import type { ProblemList } from './problem-list.js';

/** Addresses by name; null for one that something is wrong with, so that its name is known all the same. */
export type Hosts = Map<string, string | null>;

/** Reads a scenario's `hosts`; null where they cannot even be named. */
export function resolveHosts(scenario: Place, problems: ProblemList): Hosts | null {
  const place = getMember(scenario, 'hosts');
  if (problems.isWrong(place.pointer)) {
    return null;
  }
  return new Map(getMembers(place).map(([name, member]) => [name, getSound<string>(member, problems) ?? null]));
}
