import type { ExpectedCounter, WorldSpec } from '../model/scenario.js';
import type { Place } from './place.js';
import type { ProblemList } from './problem-list.js';
import type { Clients } from './resolve-clients.js';
import type { Servers } from './resolve-servers.js';

/** Reads what a scenario's world has besides lo. */
export function resolveWorld(
  _scenario: Place,
  _parties: { servers: Servers | null; clients: Clients | null },
  _problems: ProblemList,
): { world: WorldSpec; counters: ExpectedCounter[] } {
  return { world: { loopback: 'up', interfaces: [], addresses: [], routes: [], sysctl: {} }, counters: [] };
}
