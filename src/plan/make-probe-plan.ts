import type { ProbePlan } from '../model/plan.js';
import type { Protocol } from '../model/result.js';
import type { ProbeSpec, Scenario, Server } from '../model/scenario.js';
import { getFamily, isWildcard } from '../words/addresses.js';

/** What needs more than a connection that stands to be called connected. */
const IS_ANSWER_NEEDED: Record<Protocol, (probe: ProbeSpec) => boolean> = {
  tcp: ({ send, use }) => send !== null || use !== null,
  udp: () => true,
  icmp: () => true,
  http: () => true,
};

export function makeProbePlan(scenario: Scenario, probe: ProbeSpec, provable: boolean, sharedPorts: Set<string>): ProbePlan {
  const { index, protocol, from, via, clientPort, to, blocking, timeoutMs, send, open, use } = probe;
  const server = findServer(scenario, to);
  return {
    family: getFamily(probe.from),
    isTimed: isTimed(probe),
    needsAnswer: IS_ANSWER_NEEDED[protocol](probe),
    bannerBytes: protocol === 'tcp' ? Buffer.byteLength(server?.banner ?? '') : 0,
    isEcho: protocol === 'tcp' && (server?.command ?? null) === null,
    // Whom it meets, rules may decide.
    mayMeetProgram: scenario.servers.some(({ command }) => command !== null),
    reply: probe.expect.reply ?? null,
    provable: provable && !isMeasured(probe, sharedPorts),
    ...{ index, protocol, from, via, clientPort, to, blocking, timeoutMs, send, open, use },
  };
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

function findServer({ servers }: Scenario, { address, port }: ProbeSpec['to']): Server | undefined {
  return servers.find(
    (server) =>
      server.protocol === 'tcp' &&
      server.port <= port &&
      port <= server.lastPort &&
      (server.address === address || isWildcard(server.address)),
  );
}
