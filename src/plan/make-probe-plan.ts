import type { ProbePlan } from '../model/plan.js';
import { PROTOCOLS } from '../model/protocols.js';
import type { Family } from '../model/rule.js';
import type { ProbeSpec, Scenario, Server } from '../model/scenario.js';

export function makeProbePlan(scenario: Scenario, probe: ProbeSpec, provable: boolean, sharedPorts: Set<string>): ProbePlan {
  const { name, position, expect, hint, matrix, ...client } = probe;
  const { isConnectionEnough, hasBanner, canStayOpen } = PROTOCOLS[probe.protocol];
  const server = findServer(scenario, probe);
  return {
    family: getFamily(probe),
    isTimed: isTimed(probe),
    needsAnswer: !isConnectionEnough || probe.send !== null || probe.use !== null,
    bannerBytes: hasBanner ? Buffer.byteLength(server?.banner ?? '') : 0,
    isEcho: canStayOpen && (server?.command ?? null) === null,
    // Whom it meets, rules may decide.
    mayMeetProgram: scenario.servers.some(({ command }) => command !== null),
    reply: expect.reply ?? null,
    provable: provable && !isMeasured(probe, sharedPorts),
    // Last: before new members a spread takes ten times as long (33 µs a probe).
    ...client,
  };
}

export function getFamily({ from }: Pick<ProbeSpec, 'from'>): Family {
  return from.includes(':') ? 'ipv6' : 'ipv4';
}

/**
 * Whether the client waits for itself whatever the evidence says: a time that the scenario asks for must be measured, and what is
 * retransmitted after an early decision would meet the next probe from the same port.
 */
function isMeasured({ expect, from, clientPort }: ProbeSpec, sharedPorts: Set<string>): boolean {
  return isTimed({ expect }) || sharedPorts.has(getClientKey({ from, clientPort }));
}

function isTimed({ expect }: Pick<ProbeSpec, 'expect'>): boolean {
  return expect.afterMs !== undefined || expect.withinMs !== undefined;
}

/** The fixed client ports from which more than one probe comes. */
export function findSharedPorts(scenario: Scenario): Set<string> {
  const clients = scenario.phases
    .flatMap(({ batches }) => batches.flat())
    .filter(({ use, clientPort }) => use === null && clientPort !== null);
  const keys = clients.map(getClientKey);
  const seen = new Set<string>();
  return new Set(keys.filter((key) => seen.size === seen.add(key).size));
}

function getClientKey({ from, clientPort }: Pick<ProbeSpec, 'from' | 'clientPort'>): string {
  return `${from} ${clientPort}`;
}

function findServer({ servers }: Scenario, { protocol, to: { address, port } }: ProbeSpec): Server | undefined {
  return servers.find(
    (server) =>
      server.protocol === protocol && server.port <= port && port <= server.lastPort && [address, '0.0.0.0', '::'].includes(server.address),
  );
}
