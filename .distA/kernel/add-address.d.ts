import type { ExtraAddress } from '../model/scenario.js';
import type { RouteSocket } from './route-socket.js';
/** Gives an interface of the calling thread's network namespace an address (ip-address(8)). @throws KernelRefusal */
export declare function addAddress({ address, interface: name, label }: ExtraAddress, socket: RouteSocket): void;
