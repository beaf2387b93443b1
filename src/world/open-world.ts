import { InternalError } from '../errors.js';
import { assertOutsideNetworkNamespace, enterNewNetworkNamespace } from '../kernel/network-namespace.js';
import type { Server, WorldSpec } from '../model/scenario.js';
import { makeNetwork } from './make-network.js';
import type { Places } from './places.js';
import { startServer, type RunningServer } from './start-server.js';

/** A live network namespace with its servers, in the calling thread. */
export interface World {
  places: Places;
  /** Stops what was started, in reverse. Goes on after a failure and throws all of them together. */
  takeDown(): Promise<void>;
}

/** What the world of a program under a fault has: nothing but lo. */
const LO_ALONE: WorldSpec = { loopback: 'up', interfaces: [], addresses: [], routes: [], sysctl: {} };

/**
 * Makes a world: a network namespace with what the scenario gives it, and the scenario's servers.
 * @param callersNamespace the network namespace that must never be touched
 */
export async function openWorld(spec: WorldSpec | null, servers: Server[], callersNamespace: string): Promise<World> {
  enterNewNetworkNamespace();
  assertOutsideNetworkNamespace(callersNamespace);
  const places = await makeNetwork(spec ?? LO_ALONE, callersNamespace);
  const running: RunningServer[] = [];
  const world = { places, takeDown: () => stopAll(running) };
  for (const { port, server } of servers.flatMap(listPorts)) {
    try {
      running.push(await places.run(server.via, () => startServer(server, port)));
    } catch (error) {
      await world.takeDown();
      places.close();
      throw new InternalError(`server ${server.name} cannot listen on ${server.address}:${port}: ${String(error)}`);
    }
  }
  return world;
}

function listPorts(server: Server): { port: number; server: Server }[] {
  return Array.from({ length: server.lastPort - server.port + 1 }, (_, place) => ({ port: server.port + place, server }));
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
