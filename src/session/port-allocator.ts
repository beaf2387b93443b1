import { InternalError } from '../errors.js';
import type { Server } from '../model/scenario.js';

// The kernel's own ephemeral ports (net.ipv4.ip_local_port_range).
const FIRST = 32768;
const LAST = 60999;

/** Gives each probe of a world a client port of its own: what the trace shows of that port then belongs to that probe alone. */
export class PortAllocator {
  readonly #servers: Set<number>;
  readonly #next = new Map<string, number>();

  constructor(servers: Server[]) {
    this.#servers = new Set(
      servers.flatMap(({ port, lastPort }) => Array.from({ length: lastPort - port + 1 }, (_, place) => port + place)),
    );
  }

  /** @throws InternalError when the address has had all its ports */
  take(address: string, target: number): number {
    let port = this.#next.get(address) ?? FIRST;
    while (this.#servers.has(port) || port === target) {
      port++;
    }
    if (port > LAST) {
      throw new InternalError(
        `client address ${address} has no port left: a port is used once, and there are ${LAST - FIRST + 1}; spread the probes over more addresses`,
      );
    }
    this.#next.set(address, port + 1);
    return port;
  }
}
