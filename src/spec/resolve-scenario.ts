import type { ScenarioInput } from '../model/scenario-file.js';
import type { Scenario } from '../model/scenario.js';
import { checkClientPorts } from './check-client-ports.js';
import { findWarnings } from './find-warnings.js';
import { getBackends } from './get-backends.js';
import { locateRule } from './locate-rule.js';
import { isObject, type Place } from './place.js';
import { resolveClients } from './resolve-clients.js';
import { resolveHosts } from './resolve-hosts.js';
import { resolveNetwork } from './resolve-network.js';
import { resolveOutsiders } from './resolve-outsiders.js';
import { resolvePhases } from './resolve-phases.js';
import { resolveServers } from './resolve-servers.js';
import { resolveWorld } from './resolve-world.js';
import type { RulesetFiles } from './ruleset-files.js';

/** What `probes` may stand for. */
const WITH_PROBES = ['probes', 'matrix', 'phases'];

/** Checks what the schema cannot see, and builds the scenario; null where anything in it is wrong. */
export function resolveScenario(place: Place, files: RulesetFiles): Scenario | null {
  if (isObject(place.value) && WITH_PROBES.every((key) => place.member(key).value === undefined)) {
    place.complain('missing key "probes" (or "matrix", or "phases")');
  }
  const network = resolveNetwork(place);
  const servers = resolveServers(place, network);
  const clients = resolveClients(place, network);
  const outsiders = resolveOutsiders(place, { servers, clients });
  const hosts = resolveHosts(place, clients);
  const phases = resolvePhases(place, { servers, clients, hosts, network, outsiders }, files);
  const { world, counters } = resolveWorld(place, network, outsiders);

  const input = place.read<ScenarioInput>();
  if (input === undefined) {
    return null;
  }
  const own = { servers: [...(servers?.values() ?? [])].filter((server) => server !== null), world, phases };
  if (!checkClientPorts(own, place)) {
    return null;
  }
  return {
    file: place.file,
    name: input.name,
    description: input.description ?? null,
    tags: input.tags ?? [],
    backends: getBackends(place),
    counters,
    warnings: place.problems.isEmpty ? findWarnings(own, (placed) => locateRule(placed, place, files)) : [],
    ...own,
  };
}
