import { InternalError } from '../errors.js';
import { bringUp } from '../kernel/bring-up.js';
import { assertOutsideNetworkNamespace, enterNewNetworkNamespace } from '../kernel/network-namespace.js';
import type { CommandRunner } from '../kernel/run-command.js';
import { writeSetting } from '../kernel/write-setting.js';
import type { Server } from '../model/scenario.js';
import { startCommandServer } from './start-command-server.js';
import { startServer, type RunningServer } from './start-server.js';

/** Below it, bind(2) takes a capability, which a scenario's own programs do not have. */
const FIRST_UNPRIVILEGED_PORT = 1024;

/** A live network namespace with its servers, in the calling thread. */
export interface World {
  /** @throws UsageError where a server that is a program has ended */
  assertServersRun(): Promise<void>;
  /** Stops what was started, in reverse. Goes on after a failure and throws all of them together. */
  takeDown(): Promise<void>;
}

/**
 * Makes a world: a network namespace that holds nothing but lo, with the scenario's servers, one after the other.
 * @param callersNamespace the network namespace that must never be touched
 * @throws UsageError where a server is a program that does not come to serve
 */
export async function openWorld(servers: Server[], callersNamespace: string, commands: CommandRunner): Promise<World> {
  enterNewNetworkNamespace();
  assertOutsideNetworkNamespace(callersNamespace);
  bringUp('lo');
  if (servers.some(({ command, port }) => command !== null && port < FIRST_UNPRIVILEGED_PORT)) {
    writeSetting('net.ipv4.ip_unprivileged_port_start', '0');
  }
  const running: RunningServer[] = [];
  const world = { assertServersRun: () => assertAllRun(running), takeDown: () => stopAll(running) };
  try {
    for (const { port, server } of servers.flatMap(listStarts)) {
      const { command } = server;
      running.push(await (command === null ? startListening(server, port) : startCommandServer(server, command, commands)));
    }
  } catch (error) {
    await world.takeDown();
    throw error;
  }
  return world;
}

/** A server of loopfw's own has one port; a program sees to its ports itself. */
function listStarts(server: Server): { port: number; server: Server }[] {
  const count = server.command === null ? server.lastPort - server.port + 1 : 1;
  return Array.from({ length: count }, (_, place) => ({ port: server.port + place, server }));
}

async function startListening(server: Server, port: number): Promise<RunningServer> {
  try {
    return await startServer(server, port);
  } catch (error) {
    throw new InternalError(`server ${server.name} cannot listen on ${server.address}:${port}: ${String(error)}`);
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
