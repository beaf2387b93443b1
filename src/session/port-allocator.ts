import { InternalError } from '../errors.js';
import type { ProbePlan } from '../model/plan.js';
import type { Server } from '../model/scenario.js';

// The kernel's own ephemeral ports (net.ipv4.ip_local_port_range). spec/check-client-ports.ts deals the same out in advance.
const FIRST = 32768;
const LAST = 60999;

/** Gives each probe of a world a client port of its own: what the trace shows of that port then belongs to that probe alone. */
export class PortAllocator {
  /** Those of servers, and those that a client has for its own. */
  readonly #taken: Set<number>;
  readonly #next = new Map<string, number>();

  constructor(servers: Server[]) {
    this.#taken = new Set(servers.flatMap(({ port, lastPort }) => Array.from({ length: lastPort - port + 1 }, (_, place) => port + place)));
  }

  /** Leaves out the ports that clients have for their own. */
  reserve(probes: ProbePlan[]): void {
    for (const { clientPort } of probes) {
      if (clientPort !== null) {
        this.#taken.add(clientPort);
      }
    }
  }

  /** @throws InternalError when the address has had all its ports */
  take(address: string, target: number): number {
    let port = this.#next.get(address) ?? FIRST;
    while (this.#taken.has(port) || port === target) {
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
