import type { Diagnostic } from '../../model/diagnostic.js';
import type { ScenarioInput } from '../../model/scenario-file.js';
import type { ExpectedCounter, InterfaceSpec, Phase, Scenario, WorldSpec } from '../../model/scenario.js';
import { quote } from '../../words/phrases.js';
import { isObject, Place, ProblemList } from '../json/document.js';
import { joinPointer } from '../json/node.js';
import { type DuplicateKey, parseJson } from '../json/parse.js';
import { collectNames } from '../json/unique-names.js';
import { addSources } from '../quoted-lines.js';
import type { BackendChoice, RulesetChoice, RulesetFiles, RulesetText } from '../ruleset-files.js';
import { reportSchemaErrors } from '../schema/describe.js';
import { findSchemaErrors } from '../schema/validate-scenario.js';
import { resolveExercise } from './exercise.js';
import { resolveClients } from './parties/clients.js';
import { resolveHosts } from './parties/hosts.js';
import { listMachines, listPortNames, type Outsiders, resolveMacs, resolveOutsiders } from './parties/outsiders.js';
import { resolveServers, type Servers } from './parties/servers.js';
import { checkClientPorts } from './probes/client-ports.js';
import { resolvePhases } from './probes/phases.js';
import { resolveIpsets } from './rules/ipsets.js';
import { checkNamedIpsets } from './rules/named-ipsets.js';
import { getBackends } from './rules/backends.js';
import { resolveAddedRoutes } from './routing.js';
import { findWarnings } from './warnings/find.js';
import { resolveCounters } from './world/counters.js';
import type { Network } from './world/network.js';
import { resolveNetwork } from './world/read-network.js';
import { resolveSysctl } from './world/sysctl.js';

/** A scenario needs at least one of these keys. */
const WITH_PROBES = ['probes', 'matrix', 'phases'];

/** Options of parseScenarios. */
export interface ParseOptions {
  /** The texts of the rule set files, by the path that the scenarios give in `ruleset.file`. loadScenarios reads these files itself. */
  rulesets?: ReadonlyMap<string, RulesetText>;
  /** A rule set that replaces the scenarios' own rules. */
  instead?: RulesetChoice | null;
  /** Back ends that replace the scenarios' own. */
  chosen?: BackendChoice | null;
}

/** What parseScenarios has read. */
export interface ParsedScenarios {
  scenarios: Scenario[];
  diagnostics: Diagnostic[];
}

/**
 * Parses the text of a scenario file. The result has its scenarios, or all errors by line and column. It reads no file, and throws nothing.
 *
 * @param file the name in errors and results. Programs of the scenarios start in its folder
 */
export function parseScenarios(text: string, file: string, options: ParseOptions = {}): ParsedScenarios {
  const { scenarios, diagnostics } = resolveDocument(parseJson(text), file, options);
  return { scenarios, diagnostics: addSources(diagnostics, new Map([[file, { text }]])) };
}

/** Does the same for JSON that has already been parsed. @param hasLines whether the reader knows the lines of the text */
export function resolveDocument(
  json: ReturnType<typeof parseJson>,
  file: string,
  { rulesets, instead = null, chosen = null }: ParseOptions,
  hasLines = true,
): ParsedScenarios {
  if ('message' in json) {
    return { scenarios: [], diagnostics: [{ file, ...json.position, message: json.message, pointer: null }] };
  }

  const problems = new ProblemList(file, json.root);
  reportDuplicateKeys(json.duplicates, problems);
  reportSchemaErrors(findSchemaErrors(json.value), problems);
  const root = new Place(problems, json.value);
  const places = Array.isArray(json.value) ? root.items() : [root];
  collectNames('scenario', places, (index) => (hasLines ? `the one on line ${places[index]?.position.line}` : `scenario ${index}`));
  const files = { texts: rulesets ?? new Map<string, RulesetText>(), instead, chosen };
  const scenarios = places.map((place) => resolveScenario(place, files));
  return { scenarios: problems.isEmpty ? scenarios.filter((scenario) => scenario !== null) : [], diagnostics: problems.toSorted() };
}

/** Reports each key that occurs twice in an object. The value has only the last one. */
function reportDuplicateKeys(duplicates: DuplicateKey[], problems: ProblemList): void {
  for (const { key, position, path, firstLine } of duplicates) {
    problems.addAt(position, path.reduce(joinPointer, ''), `duplicate key ${quote(key)}: the first is on line ${firstLine}`);
  }
}

/** Checks what the schema cannot check, and builds the scenario. The result is null if the scenario has an error. */
function resolveScenario(place: Place, files: RulesetFiles): Scenario | null {
  if (isObject(place.value) && WITH_PROBES.every((key) => place.member(key).value === undefined)) {
    place.complain('missing key "probes" (or "matrix", or "phases")');
  }
  const network = resolveNetwork(place);
  const servers = resolveServers(place, network);
  const clients = resolveClients(place, network);
  const outsiders = resolveOutsiders(place, { servers, clients });
  const hosts = resolveHosts(place, clients);
  const phases = resolvePhases(place, { servers, clients, hosts, network, outsiders }, files);
  const ipsets = resolveIpsets(place, files);
  checkNamedIpsets(phases, ipsets, place, files);
  const exercise = resolveExercise(place);
  const { world, counters } = resolveWorld(place, network, outsiders, servers, phases);

  const input = place.read<ScenarioInput>();
  if (input === undefined) {
    return null;
  }
  const own = {
    servers: [...(servers?.values() ?? [])].filter((server) => server !== null),
    world,
    phases,
    ipsets: ipsets.sets,
  };
  if (!checkClientPorts(own, place)) {
    return null;
  }
  return {
    file: place.file,
    line: place.position.line,
    name: input.name,
    description: input.description ?? null,
    tags: input.tags ?? [],
    backends: getBackends(place),
    counters,
    exercise,
    ...(place.problems.isEmpty ? findWarnings(own, place) : { warnings: [], saysLittle: [] }),
    ...own,
  };
}

/** Collects everything that a scenario's world has besides lo, and the counters that the scenario expects. */
function resolveWorld(
  scenario: Place,
  network: Network,
  outsiders: Outsiders,
  servers: Servers | null,
  phases: Phase[],
): { world: WorldSpec; counters: ExpectedCounter[] } {
  const ports = listPortNames(network);
  const macs = resolveMacs(scenario, outsiders);
  const interfaces = network.interfaces.map(({ name, kind, link, mtu, addresses }): InterfaceSpec => ({
    name,
    kind,
    link,
    mtu,
    addresses,
    machines: listMachines(scenario, { name, kind }, { outsiders, macs, servers, network, ports }),
  }));
  const { addresses, routes, ipRules } = network;
  const loopback = scenario.member('loopback').read<WorldSpec['loopback']>() ?? 'up';
  const sysctl = resolveSysctl(scenario, network);
  const addedRoutes = resolveAddedRoutes(scenario, { phases, sysctl, network, outsiders });
  return {
    world: { loopback, interfaces, addresses, routes, ipRules, addedRoutes, sysctl },
    counters: resolveCounters(scenario, network),
  };
}
