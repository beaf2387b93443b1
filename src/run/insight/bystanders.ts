import { listProbes } from '../../input/scenario/probes/list.js';
import type { Entry, Rule } from '../../model/rule.js';
import type { ProbeSpec, Scenario, Server } from '../../model/scenario.js';
import { isForIptables } from '../../plan/parts.js';
import { getTarget } from '../../rules/extensions/target-table.js';

/** Targets that leave a packet its addresses and ports, so that it goes where its client has sent it, or nowhere. */
const LEAVING_ADDRESSES = ['ACCEPT', 'DROP', 'REJECT', 'RETURN', 'LOG', 'NFLOG', 'MARK', 'CONNMARK', 'NOTRACK', 'SET', 'TCPMSS'];
/** Matches that tell by which cable a packet has come. A machine has another one if others are missing. */
const OF_CABLES = ['mac', 'physdev'];
const WILDCARDS = ['0.0.0.0', '::'];

/**
 * Leaves out the servers and machines to which no packet of a probe can come. They cost most of the time of a small world.
 * @returns the scenario as it is, where that is not sure: with native rules, NAT, bridges
 */
export function withoutBystanders(scenario: Scenario): Scenario {
  const { world, servers, phases } = scenario;
  const areRulesKnown = phases.every(
    ({ ruleSet }) => ruleSet === null || (isForIptables(ruleSet) && ruleSet.rules.every(leadsNowhereElse)),
  );
  if (!areRulesKnown || world.interfaces.some(({ kind }) => kind === 'bridge')) {
    return scenario;
  }
  const probes = listProbes(scenario);
  const ends = new Set(probes.flatMap(({ from, to }) => [from, to.address]));
  const interfaces = world.interfaces.map((own) => ({
    ...own,
    machines: own.machines.filter(({ isRouter, addresses }) => isRouter || addresses.some((address) => ends.has(address))),
  }));
  return { ...scenario, servers: servers.filter((server) => isAsked(server, probes)), world: { ...world, interfaces } };
}

function leadsNowhereElse({ entries }: { entries: Entry[] }): boolean {
  return entries.every((entry) => !('rules' in entry) || entry.rules.every(keepsAddresses));
}

function keepsAddresses({ target, matches }: Rule): boolean {
  const isKeeping = target === null || LEAVING_ADDRESSES.includes(target.name) || getTarget(target.name) === null;
  return isKeeping && !matches.some(({ name }) => OF_CABLES.includes(name));
}

/** Whether a probe may be for a server. A program may have ports that the scenario does not name. */
function isAsked({ address, port, lastPort, command }: Server, probes: ProbeSpec[]): boolean {
  const isThere = ({ to }: ProbeSpec) => (WILDCARDS.includes(address) || address === to.address) && port <= to.port && to.port <= lastPort;
  return command !== null || probes.some(isThere);
}
