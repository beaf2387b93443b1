import type { RouteSocket } from './route-socket.js';
/** Says where a neighbour of an interface of the calling thread's network namespace is, so that nobody has to ask (ip-neighbour(8)). @throws KernelRefusal */
export declare function addNeighbour(prefix: string, device: string, mac: string, socket: RouteSocket): void;
