import { isLocal } from '../kernel/is-local.js';
import type { RouteSocket } from '../kernel/route-socket.js';
import { waitForKernel } from '../kernel/wait-for-kernel.js';

/** Waits until the addresses of the calling thread's namespace receive packets. Their interfaces must be up, with a carrier. */
export function waitForAddresses(addresses: string[], socket: RouteSocket): void {
  for (const address of addresses) {
    waitForKernel(`address ${address}`, () => isLocal(address, socket));
  }
}
