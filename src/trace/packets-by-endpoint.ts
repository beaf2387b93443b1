import type { Endpoint } from './endpoint.js';
import type { PacketHeaders } from './parse-headers.js';
import type { TracedPacket } from './traced-packet.js';

type Ends = Pick<PacketHeaders, 'source' | 'sourcePort' | 'destination' | 'destinationPort'>;

/** Which packets each end of a conversation has sent or got, and the ICMP errors that answer those. */
export class PacketsByEndpoint {
  /** By address, then by port: a key of both would be a string for each packet. */
  readonly #lists = new Map<string, Map<number, TracedPacket[]>>();

  /** Adds a packet to what both of these ends have. */
  add(packet: TracedPacket, { source, sourcePort, destination, destinationPort }: Ends): void {
    this.#addTo(source, sourcePort, packet);
    this.#addTo(destination, destinationPort, packet);
  }

  /** In the order in which they were first seen, each once, from the given number on. */
  get({ address, port }: Endpoint, since: number): TracedPacket[] {
    const packets = this.#lists.get(address)?.get(port) ?? [];
    return packets.slice(findPlace(packets, since));
  }

  #addTo(address: string, port: number, packet: TracedPacket): void {
    let ports = this.#lists.get(address);
    if (ports === undefined) {
      ports = new Map();
      this.#lists.set(address, ports);
    }
    const packets = ports.get(port);
    if (packets === undefined) {
      ports.set(port, [packet]);
    } else {
      insert(packets, packet);
    }
  }
}

/** Nearly always it is the latest; one that NAT has given another address, or that is found to answer another, comes late. */
function insert(packets: TracedPacket[], packet: TracedPacket): void {
  const place = findPlace(packets, packet.number);
  if (place === packets.length) {
    packets.push(packet);
  } else if (packets[place] !== packet) {
    packets.splice(place, 0, packet);
  }
}

/** Where the first is that has that number, or a higher one. */
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
