import { InternalError } from '../../model/errors.js';
import type { ProbePlan } from '../../model/plan.js';
import { CLIENT_PORTS, PROTOCOLS } from '../../model/protocols.js';
import type { Server } from '../../model/scenario.js';

// input/scenario/probes/client-ports.ts counts them in advance.
const { first: FIRST, last: LAST } = CLIENT_PORTS;
/** Identifiers of ICMP echo requests have 16 bits. */
const LAST_IDENTIFIER = 0xffff;

type Client = Pick<ProbePlan, 'protocol' | 'from' | 'clientPort' | 'to'>;

/**
 * Gives each probe of a world its own client port, so that the trace of a port belongs to one probe only. An echo request gets an
 * identifier instead. It is unique in the world, because two clients may ping each other, and NAT may change addresses.
 */
export class PortAllocator {
  /** The ports of servers, and the fixed client ports. */
  readonly #taken: Set<number>;
  /** The destination ports of probes, by address. A client on such a port could be the target of another client, or of itself. */
  readonly #asked = new Map<string, Set<number>>();
  /** The next port to check, by address. */
  readonly #next = new Map<string, number>();
  /** The free ports that were skipped because probes go to them, by address. */
  readonly #avoided = new Map<string, number[]>();
  #lastIdentifier = 0;

  readonly #onTake: (client: { address: string; port: number }) => void;

  /** @param onTake is told of each port that a client gets */
  constructor(servers: Server[], onTake: (client: { address: string; port: number }) => void = () => {}) {
    this.#onTake = onTake;
    this.#taken = new Set(servers.flatMap(({ port, lastPort }) => Array.from({ length: lastPort - port + 1 }, (_, place) => port + place)));
  }

  /** Excludes the fixed client ports of these probes. Their destination ports are used last. */
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
   * The port of a probe's client, or the identifier of its echo request.
   * @throws InternalError if none is left
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
    this.#onTake({ address: from, port });
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

  /** The next port that is not taken, and that no probe goes to. */
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

  /**
   * A port that other probes go to, but not this client's own target. On that port, TCP would connect the client to itself, and UDP would
   * answer it with its own datagram.
   */
  #takeAvoided(address: string, target: number | null): number | null {
    const avoided = this.#avoided.get(address) ?? [];
    const place = avoided.findIndex((port) => port !== target);
    return place < 0 ? null : (avoided.splice(place, 1)[0] ?? null);
  }
}
