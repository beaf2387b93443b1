import { assertOutsideNetworkNamespace } from '../../kernel/network/namespace-name.js';
import { writeSysctls } from '../../kernel/network/sysctls.js';
import type { CommandRunner } from '../../kernel/process/run-command.js';
import { findShortage, makeShortageError } from '../../kernel/process/shortage.js';
import { InternalError } from '../../model/errors.js';
import type { WorldAdditions } from '../../model/result.js';
import type { Server, WorldSpec } from '../../model/scenario.js';
import { startCommandServer } from './command-server.js';
import { DirectServers } from './direct-servers.js';
import { makeNetwork } from './network.js';
import { getPlace, type PeerNamespaces } from './peers.js';
import { type OwnServer, type RunningServer, startServer } from './servers.js';

/** To bind a lower port takes a capability (CAP_NET_BIND_SERVICE), which a scenario's own programs do not have. */
const FIRST_UNPRIVILEGED_PORT = 1024;
const OPEN_LOW_PORTS = { 'net.ipv4.ip_unprivileged_port_start': '0' };

/** A network namespace with its running servers, in the calling thread. */
export interface World {
  places: PeerNamespaces;
  /** What the world has besides what the scenario says. */
  additions: WorldAdditions;
  /** The TCP servers, if all TCP clients of the world are direct; otherwise null. */
  direct: DirectServers | null;
  /** The TCP servers of loopfw's own that work in the event loop. */
  listOwnServers(): OwnServer[];
  /** The addresses of the machines outside that have a server. */
  servedMachines: string[];
  /** @throws UsageError if a server that is a program has ended */
  assertServersRun(): Promise<void>;
  /**
   * Stops the servers in reverse order. Goes on after a failure, and reports all failures at the end.
   * @throws InternalError
   */
  takeDown(): Promise<void>;
}

/** The world of a program under faults: nothing but lo. */
const LO_ALONE: WorldSpec = { loopback: 'up', interfaces: [], addresses: [], routes: [], ipRules: [], addedRoutes: [], sysctl: {} };

/** What a world is made of. */
export interface WorldParts {
  /** The network of the scenario; null for lo alone. */
  spec: WorldSpec | null;
  servers: Server[];
  /** Whether all TCP clients and servers are direct. */
  isDirect: boolean;
}

/**
 * Makes a world in the calling thread's network namespace: its network first, then its servers, one after the other.
 *
 * @param callersNamespace the network namespace that loopfw must never change
 * @throws UsageError if a server is a program that does not become ready
 */
export async function openWorld(
  { spec, servers, isDirect }: WorldParts,
  callersNamespace: string,
  commands: CommandRunner,
): Promise<World> {
  assertOutsideNetworkNamespace(callersNamespace);
  const { places, additions } = makeNetwork(spec ?? LO_ALONE, callersNamespace);
  const direct = isDirect ? new DirectServers() : null;
  const running: RunningServer[] = direct === null ? [] : [direct];
  if (servers.some((server) => server.via === null && needsLowPort(server))) {
    Object.assign(additions.sysctl, OPEN_LOW_PORTS);
  }
  const world = {
    ...{ places, additions, direct, assertServersRun: () => assertAllRun(running), takeDown: () => stopAll(running) },
    listOwnServers: () => running.flatMap(({ own }) => own ?? []),
    servedMachines: servers.flatMap(({ via, address }) => getPlace(via, address) ?? []),
  };
  try {
    for (const { port, server } of servers.flatMap(listStarts)) {
      if (direct !== null && server.protocol === 'tcp') {
        await attemptToListen(server, port, () => direct.listen(server, port));
      } else {
        running.push(await places.run(getPlace(server.via, server.address), () => start(server, port, commands)));
      }
    }
  } catch (error) {
    await world.takeDown();
    places.close();
    throw error;
  }
  return world;
}

/** The servers to start. A server of loopfw's own has one port. A program gets one start for all of its ports. */
function listStarts(server: Server): { port: number; server: Server }[] {
  const count = server.command === null ? server.lastPort - server.port + 1 : 1;
  return Array.from({ length: count }, (_, place) => ({ port: server.port + place, server }));
}

function start(server: Server, port: number, commands: CommandRunner): Promise<RunningServer> {
  const { command } = server;
  if (command === null) {
    return attemptToListen(server, port, () => startServer(server, port));
  }
  if (needsLowPort(server)) {
    writeSysctls(OPEN_LOW_PORTS);
  }
  return startCommandServer(server, command, commands);
}

function needsLowPort({ command, port }: Server): boolean {
  return command !== null && port < FIRST_UNPRIVILEGED_PORT;
}

async function attemptToListen<Result>({ name, address }: Server, port: number, listen: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await listen();
  } catch (error) {
    const message = `server ${name} cannot listen on ${address}:${port}: ${String(error)}`;
    const shortage = findShortage(error);
    throw shortage === null ? new InternalError(message) : makeShortageError(message, shortage);
  }
}

async function assertAllRun(running: RunningServer[]): Promise<void> {
  for (const server of running) {
    await server.assertRuns?.();
  }
}

async function stopAll(running: RunningServer[]): Promise<void> {
  const failures: unknown[] = [];
  for (const server of running.splice(0).reverse()) {
    try {
      await server.stop();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) {
    throw new InternalError(`the world could not be taken down: ${failures.map(String).join('; ')}`);
  }
}
