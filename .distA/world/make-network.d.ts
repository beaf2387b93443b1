import type { WorldSpec } from '../model/scenario.js';
import { Places } from './places.js';
/**
 * Gives the calling thread's new network namespace what a scenario says of it: settings, lo, interfaces with their outsides, addresses, routes.
 * @throws InternalError that says what the kernel refuses, and why
 */
export declare function makeNetwork(spec: WorldSpec, callersNamespace: string): Promise<Places>;
