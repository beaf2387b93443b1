import type { ScenarioInput } from '../model/scenario-file.js';
import type { Scenario } from '../model/scenario.js';
import { checkClientPorts } from './check-client-ports.js';
import { findWarnings } from './find-warnings.js';
import { getBackends } from './get-backends.js';
import { locateRule } from './locate-rule.js';
import { getMember, getSound, isObject, type Place } from './place.js';
import type { ProblemList } from './problem-list.js';
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
export function resolveScenario(place: Place, files: RulesetFiles, problems: ProblemList): Scenario | null {
  if (isObject(place.value) && WITH_PROBES.every((key) => getMember(place, key).value === undefined)) {
    problems.add(place.pointer, 'missing key "probes" (or "matrix", or "phases")');
  }
  const network = resolveNetwork(place, problems);
  const servers = resolveServers(place, files.scenarioFile, network, problems);
  const clients = resolveClients(place, network, problems);
  const outsiders = resolveOutsiders(place, { servers, clients }, problems);
  const hosts = resolveHosts(place, clients, problems);
  const phases = resolvePhases(place, { servers, clients, hosts, network, outsiders }, files, problems);
  const { world, counters } = resolveWorld(place, network, outsiders, problems);

  const input = getSound<ScenarioInput>(place, problems);
  if (input === undefined) {
    return null;
  }
  const own = { servers: [...(servers?.values() ?? [])].filter((server) => server !== null), world, phases };
  if (!checkClientPorts(own, place, problems)) {
    return null;
  }
  return {
    file: files.scenarioFile,
    name: input.name,
    description: input.description ?? null,
    tags: input.tags ?? [],
    backends: getBackends(place, problems),
    counters,
    warnings: problems.isEmpty ? findWarnings(own, (placed) => locateRule(placed, place, files, problems)) : [],
    ...own,
  };
}
