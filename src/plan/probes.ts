import type { Flow, ProbePlan } from '../model/plan.js';
import { PROTOCOLS } from '../model/protocols.js';
import type { ClientSpec, ProbeSpec, Scenario, Server } from '../model/scenario.js';
import { getFamily, isWildcard } from '../words/addresses.js';
import type { Memories } from './remembered.js';

/** Converts a probe of the scenario to the plan for its client. `provable`: evidence may end the client's wait early. */
export function makeProbePlan(scenario: Scenario, probe: ProbeSpec, provable: boolean, sharedPorts: Set<string>): ProbePlan {
  const { name, position, client: _client, server: _server, expect, hint, resultIndex, matrix, ...client } = probe;
  const { isConnectionEnough, hasBanner } = PROTOCOLS[probe.protocol];
  const server = findServer(scenario, probe);
  return {
    family: getFamily(probe.from),
    isTimed: isTimed(probe),
    needsAnswer: !isConnectionEnough || probe.send !== null || probe.use !== null,
    bannerBytes: hasBanner ? Buffer.byteLength(server?.banner ?? '') : 0,
    isEcho: hasBanner && (server?.command ?? null) === null,
    // True if there is any program, because a rule may redirect the probe to it.
    mayMeetProgram: scenario.servers.some(({ command }) => command !== null),
    reply: expect.reply ?? null,
    provable: provable && !isMeasured(probe, sharedPorts),
    // The spread is last: new members after a spread make it ten times slower (33 µs a probe).
    // The compiler names a key of ProbeSpec that is neither the client's nor taken out above: it would go to the sandbox for every probe.
    ...(client satisfies { [Key in keyof typeof client]: Key extends keyof ClientSpec ? unknown : never }),
  };
}

/**
 * Whether the client must wait itself, so that no proof ends it early. There are two reasons:
 * - The scenario sets a time, which must be measured.
 * - The next probe comes from the same port. It would meet retransmissions of this one.
 */
function isMeasured({ expect, from, clientPort }: ProbeSpec, sharedPorts: Set<string>): boolean {
  return isTimed({ expect }) || sharedPorts.has(getClientKey({ from, clientPort }));
}

function isTimed({ expect }: Pick<ProbeSpec, 'expect'>): boolean {
  return expect.afterMs !== undefined || expect.withinMs !== undefined;
}

/** The fixed client ports that more than one probe uses. */
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
      server.protocol === protocol &&
      server.port <= port &&
      port <= server.lastPort &&
      (server.address === address || isWildcard(server.address)),
  );
}

/**
 * Joins the batches of a phase to flows. A batch that the scenario asks for ("parallel") stays as it is. Single probes go in turn, without
 * waiting for each other, if none can affect another. A probe is not joined in these cases:
 * - A rule may count or record it, in a memory that also keeps another probe of the flow.
 * - Its connection stays open, or its client port is fixed.
 * - Its client's address is not known: the kernel chooses it.
 * - It goes to a real program, which may serve one client at a time.
 * - The world has interfaces. Their packets are processed some time after they are sent.
 */
export function makeFlows(batches: ProbePlan[][], scenario: Scenario, getMemories: (probe: ProbePlan) => Memories): Flow[] {
  const mayOverlap = scenario.world.interfaces.length === 0;
  const flows: (Flow & { isOpen: boolean; memories: Set<string> })[] = [];
  for (const probes of batches) {
    const last = flows.at(-1);
    const [probe] = probes;
    const isFree = mayOverlap && probes.length === 1 && probe !== undefined && isIndependent(probe, scenario);
    const memories = isFree ? getMemories(probe) : 'unknown';
    const isAlone = memories !== 'unknown';
    const own = isAlone ? memories : [];
    if (isAlone && last?.isOpen && !own.some((memory) => last.memories.has(memory))) {
      last.probes.push(...probes);
      own.forEach((memory) => last.memories.add(memory));
    } else {
      flows.push({ probes: [...probes], pace: isAlone ? 'in turn' : 'together', isOpen: isAlone, memories: new Set(own) });
    }
  }
  return flows.map(({ probes, pace }) => ({ probes, pace }));
}

function isIndependent({ from, open, use, clientPort, to }: ProbePlan, { servers }: Scenario): boolean {
  return (
    open === null &&
    use === null &&
    clientPort === null &&
    !isWildcard(from) &&
    !servers.some(({ command, port, lastPort }) => {
      return command !== null && port <= to.port && to.port <= lastPort;
    })
  );
}

/**
 * Whether the TCP clients and servers of a world can run by system calls, without the event loop. A rule may redirect any client to any
 * server, so it is all of them or none. The event loop is for these:
 * - connections that stay open for later probes, and HTTP
 * - clients that block
 * - servers that are programs
 * - worlds with interfaces, whose packets are processed some time after they are sent
 */
export function canBeDirect({ world, servers }: Scenario, probes: ProbePlan[]): boolean {
  return (
    world.interfaces.length === 0 &&
    servers.every(({ protocol, command }) => protocol !== 'http' && command === null) &&
    probes.every(({ protocol, open, use, blocking }) => protocol !== 'http' && open === null && use === null && !blocking)
  );
}
