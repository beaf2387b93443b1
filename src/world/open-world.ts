import { InternalError } from '../errors.js';
import { assertOutsideNetworkNamespace } from '../kernel/assert-outside-network-namespace.js';
import type { CommandRunner } from '../kernel/run-command.js';
import { findShortage, makeShortageError } from '../kernel/shortage.js';
import { writeSysctls } from '../kernel/write-sysctls.js';
import type { Server, WorldSpec } from '../model/scenario.js';
import { makeNetwork } from './make-network.js';
import type { Places } from './places.js';
import { startCommandServer } from './start-command-server.js';
import { startServer, type RunningServer } from './start-server.js';

/** Below it, bind(2) takes a capability, which a scenario's own programs do not have. */
const FIRST_UNPRIVILEGED_PORT = 1024;

/** A live network namespace with its servers, in the calling thread. */
export interface World {
  places: Places;
  /** @throws UsageError where a server that is a program has ended */
  assertServersRun(): Promise<void>;
  /** Stops what was started, in reverse. Goes on after a failure and throws all of them together. */
  takeDown(): Promise<void>;
}

/** What the world of a program under a fault has: nothing but lo. */
const LO_ALONE: WorldSpec = { loopback: 'up', interfaces: [], addresses: [], routes: [], sysctl: {} };

/**
 * Makes a world of the network namespace that the calling thread is in: with what the scenario gives it, and the scenario's servers, one after the other.
 *
 * @param callersNamespace the network namespace that must never be touched
 * @throws UsageError where a server is a program that does not come to serve
 */
export async function openWorld(
  spec: WorldSpec | null,
  servers: Server[],
  callersNamespace: string,
  commands: CommandRunner,
): Promise<World> {
  assertOutsideNetworkNamespace(callersNamespace);
  const places = makeNetwork(spec ?? LO_ALONE, callersNamespace);
  const running: RunningServer[] = [];
  const world = { places, assertServersRun: () => assertAllRun(running), takeDown: () => stopAll(running) };
  try {
    for (const { port, server } of servers.flatMap(listStarts)) {
      running.push(await places.run(server.via, () => start(server, port, commands)));
    }
  } catch (error) {
    await world.takeDown();
    places.close();
    throw error;
  }
  return world;
}

/** A server of loopfw's own has one port; a program sees to its ports itself. */
function listStarts(server: Server): { port: number; server: Server }[] {
  const count = server.command === null ? server.lastPort - server.port + 1 : 1;
  return Array.from({ length: count }, (_, place) => ({ port: server.port + place, server }));
}

function start(server: Server, port: number, commands: CommandRunner): Promise<RunningServer> {
  const { command } = server;
  if (command === null) {
    return startListening(server, port);
  }
  if (port < FIRST_UNPRIVILEGED_PORT) {
    writeSysctls({ 'net.ipv4.ip_unprivileged_port_start': '0' });
  }
  return startCommandServer(server, command, commands);
}

async function startListening(server: Server, port: number): Promise<RunningServer> {
  try {
    return await startServer(server, port);
  } catch (error) {
    const message = `server ${server.name} cannot listen on ${server.address}:${port}: ${String(error)}`;
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
