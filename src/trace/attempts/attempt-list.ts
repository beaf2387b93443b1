import type { PacketHeaders } from '../packet/headers.js';
import type { TracedPacket } from '../journey/packet.js';

/** An attempt of a program to connect, or its flow of UDP. */
export interface Attempt {
  number: number;
  /** When its first packet was read. */
  startedAt: Date;
  /** When the trace was read before: it has not started earlier. In ms of performance.now(). */
  notBefore: number;
  protocol: 'tcp' | 'udp';
  client: PacketEnd;
  /** As the client asks for it. */
  server: PacketEnd;
  first: TracedPacket;
  /** The number of the first packet of a later attempt from the same client; Infinity if there is none. */
  until: number;
  /** Whether the kernel has thrown no messages away meanwhile. */
  isComplete: boolean;
}

export interface PacketEnd {
  address: string;
  port: number;
}

/** The most attempts that are kept: the latest. */
export const MOST_ATTEMPTS = 1000;

/** How long a client of loopfw's own takes at most from its port to its first packet. */
const OWN_STARTS_MS = 5000;

/** Finds the attempts of programs among the packets of a world. */
export class AttemptList {
  #all: Attempt[] = [];
  /** loopfw's own: they are no part of the list, but their answers must be known. */
  #own: Attempt[] = [];
  readonly #latest = new Map<string, Attempt>();
  /** When loopfw has taken a client port. */
  readonly #taken = new Map<string, number>();
  #next = 0;
  #readBefore = performance.now();

  /** The number of the next attempt. */
  get next(): number {
    return this.#next;
  }

  /** The latest attempts from a number on, in their order. */
  get(since: number): Attempt[] {
    return this.#all.filter(({ number }) => number >= since);
  }

  /** The next attempt from this end is one of loopfw's own. */
  expectOwn(client: PacketEnd): void {
    this.#taken.set(getKey(client), performance.now());
  }

  /** To be called after each read of the trace. @param at when the read began, in ms of performance.now() */
  noteRead(at: number): void {
    this.#readBefore = at;
  }

  /** Messages are lost that may have been about any attempt from a number on, or about one that has no answer yet. */
  noteLoss(since: number, isOpen: (attempt: Attempt) => boolean): void {
    for (const attempt of this.#all) {
      attempt.isComplete &&= attempt.number < since && !isOpen(attempt);
    }
  }

  /** Takes a packet when its first message was read. */
  take(packet: TracedPacket): void {
    const { headers } = packet;
    const { protocol, tcp } = headers;
    const isStart = protocol === 'udp' ? headers.fragment?.isFirst !== false : tcp !== null && tcp.syn && !tcp.ack;
    if (!isStart || (protocol !== 'tcp' && protocol !== 'udp')) {
      return;
    }
    const client = { address: headers.source, port: headers.sourcePort };
    const server = { address: headers.destination, port: headers.destinationPort };
    const before = this.#latest.get(getFlowKey(protocol, client, server));
    if (before !== undefined && (protocol === 'udp' || before.first.headers.tcp?.sequence === tcp?.sequence)) {
      return;
    }
    if (protocol === 'udp' && this.#isAnswer(headers)) {
      return;
    }
    this.#add({
      protocol,
      client,
      server,
      first: packet,
      until: Infinity,
      startedAt: new Date(),
      notBefore: this.#readBefore,
      isComplete: true,
    });
  }

  #isAnswer({ source, sourcePort, destination, destinationPort }: PacketHeaders): boolean {
    const [from, to] = [
      { address: source, port: sourcePort },
      { address: destination, port: destinationPort },
    ];
    return (
      this.#latest.has(getFlowKey('udp', to, from)) ||
      [...this.#all, ...this.#own].some(({ first }) =>
        first.rewrites.some(
          (after) =>
            after.protocol === 'udp' &&
            isAt(from, after.destination, after.destinationPort) &&
            (isAt(to, after.source, after.sourcePort) || isAt(to, first.headers.source, first.headers.sourcePort)),
        ),
      )
    );
  }

  #add(found: Omit<Attempt, 'number'>): void {
    const { protocol, client, server, first } = found;
    for (const earlier of [...this.#all, ...this.#own]) {
      if (earlier.until === Infinity && earlier.protocol === protocol && isAt(client, earlier.client.address, earlier.client.port)) {
        earlier.until = first.number;
      }
    }
    const taken = this.#taken.get(getKey(client)) ?? -Infinity;
    const isOwn = performance.now() - taken < OWN_STARTS_MS;
    this.#taken.delete(getKey(client));
    const attempt = { ...found, number: isOwn ? -1 : this.#next++ };
    const list = isOwn ? this.#own : this.#all;
    list.push(attempt);
    this.#latest.set(getFlowKey(protocol, client, server), attempt);
    if (list.length > MOST_ATTEMPTS) {
      this.#forget(list.shift());
    }
  }

  #forget(attempt: Attempt | undefined): void {
    if (attempt !== undefined) {
      const key = getFlowKey(attempt.protocol, attempt.client, attempt.server);
      if (this.#latest.get(key) === attempt) {
        this.#latest.delete(key);
      }
    }
  }
}

function isAt({ address, port }: PacketEnd, otherAddress: string, otherPort: number): boolean {
  return address === otherAddress && port === otherPort;
}

function getKey({ address, port }: PacketEnd): string {
  return `${address} ${port}`;
}

function getFlowKey(protocol: Attempt['protocol'], client: PacketEnd, server: PacketEnd): string {
  return `${protocol} ${getKey(client)} ${getKey(server)}`;
}
