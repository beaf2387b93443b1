import { isIPv6 } from 'node:net';
import type { ProbePlan, Provable } from '../model/plan.js';
import type { Protocol } from '../model/result.js';
import type { Family } from '../model/rule.js';
import type { ProbeSpec, Scenario, Server } from '../model/scenario.js';

/** What needs more than a connection that stands to be called connected. */
const IS_ANSWER_NEEDED: Record<Protocol, (probe: ProbeSpec) => boolean> = {
  tcp: ({ send, use }) => send !== null || use !== null,
  udp: () => true,
  icmp: () => true,
  http: () => true,
};

export function makeProbePlan(scenario: Scenario, probe: ProbeSpec, provable: Provable): ProbePlan {
  const { index, protocol, from, via, clientPort, to, blocking, timeoutMs, send, open, use } = probe;
  return {
    ...{ index, protocol, from, via, clientPort, to, blocking, timeoutMs, send, open, use },
    family: getFamily(probe),
    needsAnswer: IS_ANSWER_NEEDED[protocol](probe),
    bannerBytes: protocol === 'tcp' && use === null ? Buffer.byteLength(findServer(scenario, to)?.banner ?? '') : 0,
    reply: probe.expect.reply ?? null,
    provable: isMeasured(scenario, probe) ? 'nothing' : provable,
  };
}

export function getFamily({ from }: Pick<ProbeSpec, 'from'>): Family {
  return isIPv6(from) ? 'ipv6' : 'ipv4';
}

/**
 * Whether the client waits for itself whatever the evidence says: a time that the scenario asks for must be measured, and what is
 * retransmitted after an early decision would meet the next probe from the same port.
 */
function isMeasured(scenario: Scenario, { expect, clientPort, from }: ProbeSpec): boolean {
  const probes = scenario.phases.flatMap(({ batches }) => batches.flat());
  const sharesPort = () => probes.filter((probe) => probe.from === from && probe.clientPort === clientPort).length > 1;
  return expect.afterMs !== undefined || expect.withinMs !== undefined || (clientPort !== null && sharesPort());
}

function findServer({ servers }: Scenario, { address, port }: ProbeSpec['to']): Server | undefined {
  return servers.find(
    (server) =>
      server.protocol === 'tcp' && server.port <= port && port <= server.lastPort && [address, '0.0.0.0', '::'].includes(server.address),
  );
}
