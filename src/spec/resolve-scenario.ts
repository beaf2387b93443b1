import type { ScenarioInput } from '../model/scenario-file.js';
import type { Scenario } from '../model/scenario.js';
import { getBackends } from './get-backends.js';
import { getItems, getMember, getSound, type Place } from './place.js';
import type { ProblemList } from './problem-list.js';
import { resolveClients } from './resolve-clients.js';
import { resolveProbe } from './resolve-probe.js';
import { resolveRules } from './resolve-rules.js';
import { resolveServers } from './resolve-servers.js';

/** Checks what the schema cannot see, and builds the scenario; null where anything in it is wrong. */
export function resolveScenario(place: Place, file: string, problems: ProblemList): Scenario | null {
  const servers = resolveServers(place, problems);
  const clients = resolveClients(place, problems);
  const rules = resolveRules(place, problems);
  const names = { servers, clients, rules };
  const items = getItems(getMember(place, 'probes'));
  const probes = items.map((item, index) => (problems.isFull ? null : resolveProbe(item, index, names, problems)));

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
    rules: rules?.rules ?? [],
    probes: probes.filter((probe) => probe !== null),
  };
}
