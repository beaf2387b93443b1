import type { ScenarioInput } from '../model/scenario-file.js';
import type { Scenario } from '../model/scenario.js';
import { getBackends } from './get-backends.js';
import { getMember, getSound, type Place } from './place.js';
import type { ProblemList } from './problem-list.js';
import { resolveClients } from './resolve-clients.js';
import { resolveHosts } from './resolve-hosts.js';
import { resolvePhases } from './resolve-phases.js';
import { resolveServers } from './resolve-servers.js';
import { resolveWorld } from './resolve-world.js';

/** What `probes` may stand for. */
const WITH_PROBES = ['probes', 'matrix', 'phases'];

/** Checks what the schema cannot see, and builds the scenario; null where anything in it is wrong. */
export function resolveScenario(place: Place, file: string, problems: ProblemList): Scenario | null {
  const isObject = typeof place.value === 'object' && place.value !== null;
  if (isObject && WITH_PROBES.every((key) => getMember(place, key).value === undefined)) {
    problems.add(place.pointer, 'missing key "probes" (or "matrix", or "phases")');
  }
  const servers = resolveServers(place, problems);
  const clients = resolveClients(place, problems);
  const hosts = resolveHosts(place, clients, problems);
  const phases = resolvePhases(place, { servers, clients, hosts }, problems);
  const { world, counters } = resolveWorld(place, { servers, clients }, problems);

  const input = getSound<ScenarioInput>(place, problems);
  if (input === undefined) {
    return null;
  }
  return {
    file,
    name: input.name,
    description: input.description ?? null,
    tags: input.tags ?? [],
    backends: getBackends(place, problems),
    servers: [...(servers?.values() ?? [])].filter((server) => server !== null),
    world,
    phases,
    counters,
  };
}
