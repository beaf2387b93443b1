import type { PacketHeaders } from '../packet/headers.js';
import type { Endpoint, TracedPacket } from './packet.js';

type Ends = Pick<PacketHeaders, 'source' | 'sourcePort' | 'destination' | 'destinationPort' | 'icmp'>;

/** The packets that each endpoint has sent or received, and the ICMP errors that answer them. */
export class PacketsByEndpoint {
  /** By address, then by port. One key for both would create a string for each packet. */
  readonly #lists = new Map<string, Map<number, TracedPacket[]>>();
  /** By the identifier of ICMP echo. */
  readonly #echoes = new Map<number, TracedPacket[]>();

  /** Adds a packet to the lists of both of these ends. */
  add(packet: TracedPacket, { source, sourcePort, destination, destinationPort, icmp }: Ends): void {
    if (icmp?.kind === 'echo-request' || icmp?.kind === 'echo-reply') {
      addTo(this.#echoes, sourcePort, packet);
      return;
    }
    this.#addTo(source, sourcePort, packet);
    this.#addTo(destination, destinationPort, packet);
  }

  /** The packets of an endpoint without duplicates, in the order in which they were first seen, starting with the packet number `since`. */
  get(end: Endpoint, since: number): TracedPacket[] {
    const packets = ('identifier' in end ? this.#echoes.get(end.identifier) : this.#lists.get(end.address)?.get(end.port)) ?? [];
    return packets.slice(findPlace(packets, since));
  }

  /** Forgets all packets with a lower number. */
  forget(before: number): void {
    for (const ports of [...this.#lists.values(), this.#echoes]) {
      for (const [key, packets] of ports) {
        packets.splice(0, findPlace(packets, before));
        if (packets.length === 0) {
          ports.delete(key);
        }
      }
    }
  }

  #addTo(address: string, port: number, packet: TracedPacket): void {
    let ports = this.#lists.get(address);
    if (ports === undefined) {
      ports = new Map();
      this.#lists.set(address, ports);
    }
    addTo(ports, port, packet);
  }
}

function addTo(lists: Map<number, TracedPacket[]>, key: number, packet: TracedPacket): void {
  const packets = lists.get(key);
  if (packets === undefined) {
    lists.set(key, [packet]);
  } else {
    insert(packets, packet);
  }
}

/**
 * Inserts a packet by its number. It is nearly always the latest. It is older if NAT gave it another address, or if it was found to answer
 * another packet.
 */
function insert(packets: TracedPacket[], packet: TracedPacket): void {
  const place = findPlace(packets, packet.number);
  if (place === packets.length) {
    packets.push(packet);
  } else if (packets[place] !== packet) {
    packets.splice(place, 0, packet);
  }
}

/** The index of the first packet with this number or a higher one. */
function findPlace(packets: TracedPacket[], number: number): number {
  let from = 0;
  let to = packets.length;
  if (to === 0 || (packets[to - 1]?.number ?? 0) < number) {
    return to;
  }
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((packets[middle]?.number ?? number) < number) {
      from = middle + 1;
    } else {
      to = middle;
    }
  }
  return from;
}
