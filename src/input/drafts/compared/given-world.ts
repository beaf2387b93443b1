import type { ComparedPacket } from '../../../model/insight/diff.js';
import { PROTOCOLS } from '../../../model/protocols.js';
import type { ProbeSpec, RuleSet, Scenario } from '../../../model/scenario.js';
import { isSameFamily, isWildcard } from '../../../words/addresses.js';
import type { ScenarioSource } from '../../load-scenarios.js';
import { listProbes } from '../../scenario/probes/list.js';
import type { ComparedWorld } from './comparison.js';
import type { World } from '../document.js';
import { listFamilies, type DraftInterface } from '../network.js';
import type { End } from '../places.js';
import { readRuleSetsWords } from '../rule-set.js';

/** The keys of a scenario that say what is around its rules, and which rules it has. */
const WORLD_KEYS = ['interfaces', 'bridges', 'addresses', 'routes', 'ipRules', 'sysctl', 'loopback', 'ipsets'];
const RULE_KEYS = ['rules', 'ruleset'];

/** The world of a scenario, as the base of the documents in which rule sets are compared. */
export function getGivenBase({ file, value, rulesets }: ScenarioSource): Pick<ComparedWorld, 'world' | 'file' | 'texts'> {
  return { world: pick(value, WORLD_KEYS), file, texts: rulesets };
}

/** The rules of the scenario itself, as its keys. */
export function getOwnRules({ value }: ScenarioSource): { own: World } {
  return { own: pick(value, RULE_KEYS) };
}

/** The world of a scenario in which rule sets are compared. */
export function takeComparison(source: ScenarioSource, ruleSets: RuleSet[]): ComparedWorld {
  const { scenario } = source;
  const { words, ways } = readRuleSetsWords(ruleSets);
  const interfaces = scenario.world.interfaces.map(({ name, kind, addresses }): DraftInterface => {
    const also = scenario.world.addresses.flatMap((each) => (each.interface === name ? [each.address] : []));
    return { name, kind: kind === 'bridge' ? 'bridges' : 'interfaces', addresses: [...addresses, ...also], isNamed: true };
  });
  const outer = scenario.world.routes.find(({ prefix, device }) => prefix.endsWith('/0') && device !== null)?.device;
  return {
    ...getGivenBase(source),
    families: listFamilies(words, ways),
    network: { interfaces, outer: outer ?? interfaces[0]?.name ?? '', hosts: [] },
    ways: ways.filter(({ action }) => action.kind === 'translate'),
    hosts: listHosts(scenario),
    probed: listProbes(scenario).flatMap((probe) => toPacket(probe, scenario) ?? []),
  };
}

/** The machines outside of the world. */
function listHosts({ world }: Scenario): End[] {
  return world.interfaces.flatMap(({ name, machines }) =>
    machines.flatMap(({ addresses, isRouter }) => (isRouter ? [] : addresses.map((address) => ({ address, via: name })))),
  );
}

/** The packet of a probe; null if the kernel chooses its address, or if it is a later one of a connection. */
function toPacket({ protocol, from, via, clientPort, to, use, server }: ProbeSpec, scenario: Scenario): ComparedPacket | null {
  if (use !== null || isWildcard(from)) {
    return null;
  }
  const transport = PROTOCOLS[protocol].transport;
  const named = scenario.servers.find(({ name }) => name === server);
  const host = listHosts(scenario).find(({ address, via: name }) => address === to.address && name !== via);
  return {
    protocol: transport ?? 'icmp',
    ...{ from, inInterface: via, clientPort: transport === null ? null : clientPort },
    ...{ to: to.address, port: transport === null ? null : to.port },
    outInterface: named === undefined ? (host?.via ?? null) : named.via,
    listens: transport !== null && scenario.servers.some((each) => listensAt(each, transport, to)),
  };
}

function listensAt(
  { protocol, address, port, lastPort }: Scenario['servers'][number],
  transport: 'tcp' | 'udp',
  to: ProbeSpec['to'],
): boolean {
  const isThere = address === to.address || (isWildcard(address) && isSameFamily(address, to.address));
  return isThere && PROTOCOLS[protocol].transport === transport && port <= to.port && to.port <= lastPort;
}

function pick(value: unknown, keys: string[]): World {
  return Object.fromEntries(Object.entries(value as World).filter(([key]) => keys.includes(key)));
}
