import type { InterfaceSpec } from '../model/scenario.js';
/**
 * Gives the world an interface, and the interface an outside: a network namespace of its own for those who stand at its other end, from
 * which every way leads through the world. (In one for all interfaces, what goes from one to the other would never leave it.)
 *
 * @param world a descriptor of the world's network namespace, in which the calling thread is, and is again afterwards
 * @returns a descriptor of the outside
 */
export declare function addInterface({ name, addresses, outside }: InterfaceSpec, world: number, callersNamespace: string): number;
