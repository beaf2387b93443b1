import { InternalError } from '../errors.js';
import type { ProbePlan } from '../model/plan.js';
import { PROTOCOLS } from '../model/protocols.js';
import type { Server } from '../model/scenario.js';

// The kernel's own ephemeral ports (net.ipv4.ip_local_port_range). spec/check-client-ports.ts counts them in advance.
const FIRST = 32768;
const LAST = 60999;
/** Identifiers of ICMP echoes have 16 bits. */
const LAST_IDENTIFIER = 0xffff;

type Client = Pick<ProbePlan, 'protocol' | 'from' | 'clientPort' | 'to'>;

/**
 * Gives each probe of a world a client port of its own: what the trace shows of that port then belongs to that probe alone. An echo gets an
 * identifier instead, which is used once in the world: two clients may ask each other, and NAT may change their addresses.
 */
export class PortAllocator {
  /** Those of servers, and those that a client has for its own. */
  readonly #taken: Set<number>;
  /** Those that probes ask at an address: who asks from one of them could meet another client, or itself, instead of nobody. */
  readonly #asked = new Map<string, Set<number>>();
  /** The next port of an address that has not been looked at. */
  readonly #next = new Map<string, number>();
  /** Those that an address has not used because they are asked there. */
  readonly #avoided = new Map<string, number[]>();
  #lastIdentifier = 0;

  constructor(servers: Server[]) {
    this.#taken = new Set(servers.flatMap(({ port, lastPort }) => Array.from({ length: lastPort - port + 1 }, (_, place) => port + place)));
  }

  /** Leaves out the ports that clients have for their own, and puts those last that somebody asks. */
  reserve(probes: Client[]): void {
    for (const { clientPort, to } of probes) {
      if (clientPort !== null) {
        this.#taken.add(clientPort);
      }
      const asked = this.#asked.get(to.address) ?? new Set();
      this.#asked.set(to.address, asked.add(to.port));
    }
  }

  /**
   * The port of a probe's client, or its echo's identifier.
   * @throws InternalError when all have been used
   */
  take({ protocol, from, clientPort, to }: Client): number {
    if (!PROTOCOLS[protocol].hasPort) {
      return this.#takeIdentifier();
    }
    const target = from === to.address ? to.port : null;
    const port = clientPort ?? this.#takeFree(from) ?? this.#takeAvoided(from, target);
    if (port === null) {
      throw new InternalError(
        `client address ${from} has no port left: a port is used once, and there are ${LAST - FIRST + 1}; spread the probes over more addresses`,
      );
    }
    return port;
  }

  #takeIdentifier(): number {
    if (this.#lastIdentifier === LAST_IDENTIFIER) {
      throw new InternalError(
        `no identifier is left for another echo: one is used once, and there are ${LAST_IDENTIFIER}; spread the probes over more scenarios`,
      );
    }
    return ++this.#lastIdentifier;
  }

  /** The next port that nobody has and nobody asks. */
  #takeFree(address: string): number | null {
    const asked = this.#asked.get(address);
    let port = this.#next.get(address) ?? FIRST;
    for (; port <= LAST && (this.#taken.has(port) || asked?.has(port)); port++) {
      if (!this.#taken.has(port)) {
        this.#avoid(address, port);
      }
    }
    this.#next.set(address, port + 1);
    return port <= LAST ? port : null;
  }

  #avoid(address: string, port: number): void {
    const avoided = this.#avoided.get(address);
    if (avoided === undefined) {
      this.#avoided.set(address, [port]);
    } else {
      avoided.push(port);
    }
  }

  /** A port that somebody asks, but not this client itself: TCP would connect it to itself, and UDP answer it with its own question. */
  #takeAvoided(address: string, target: number | null): number | null {
    const avoided = this.#avoided.get(address) ?? [];
    const place = avoided.findIndex((port) => port !== target);
    return place < 0 ? null : (avoided.splice(place, 1)[0] ?? null);
  }
}
