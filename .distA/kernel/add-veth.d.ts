import type { RouteSocket } from './route-socket.js';
export interface VethEnd {
    name: string;
    /** Its link-layer address; left out: one that the kernel chooses. */
    mac?: string;
}
export interface Peer extends VethEnd {
    /** A descriptor of the network namespace that it comes to stand in; left out: the calling thread's own. */
    namespace?: number;
}
/**
 * Makes a pair of virtual interfaces (veth(4)), the first of them in the calling thread's network namespace. Both are down, and go with a namespace.
 * @throws KernelRefusal
 */
export declare function addVeth(end: VethEnd, peer: Peer, socket: RouteSocket): void;
