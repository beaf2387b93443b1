import type { CommandRunner } from '../kernel/run-command.js';
import type { Server, WorldSpec } from '../model/scenario.js';
import type { Places } from './places.js';
/** A live network namespace with its servers, in the calling thread. */
export interface World {
    places: Places;
    /** @throws UsageError where a server that is a program has ended */
    assertServersRun(): Promise<void>;
    /** Stops what was started, in reverse. Goes on after a failure and throws all of them together. */
    takeDown(): Promise<void>;
}
/**
 * Makes a world: a network namespace with what the scenario gives it, and the scenario's servers, one after the other.
 *
 * @param callersNamespace the network namespace that must never be touched
 * @throws UsageError where a server is a program that does not come to serve
 */
export declare function openWorld(spec: WorldSpec | null, servers: Server[], callersNamespace: string, commands: CommandRunner): Promise<World>;
