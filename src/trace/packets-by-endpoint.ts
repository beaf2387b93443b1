import type { Endpoint } from './endpoint.js';
import { PacketList } from './packet-list.js';
import type { PacketHeaders } from './parse-headers.js';
import type { TracedPacket } from './traced-packet.js';

type Ends = Pick<PacketHeaders, 'source' | 'sourcePort' | 'destination' | 'destinationPort'>;

/** Which packets each end of a conversation has sent or got, and the ICMP errors that answer those. */
export class PacketsByEndpoint {
  readonly #lists = new Map<string, Map<number, PacketList>>();

  /** Adds a packet to what both of these ends have. */
  add(packet: TracedPacket, { source, sourcePort, destination, destinationPort }: Ends): void {
    this.#getList(source, sourcePort).add(packet);
    this.#getList(destination, destinationPort).add(packet);
  }

  /** Oldest first, from the given number on. */
  get({ address, port }: Endpoint, since: number): TracedPacket[] {
    return this.#lists.get(address)?.get(port)?.getFrom(since) ?? [];
  }

  /** Map by map: a key of address and port would be a string for each of the packets. */
  #getList(address: string, port: number): PacketList {
    const ports = getOr(this.#lists, address, () => new Map<number, PacketList>());
    return getOr(ports, port, () => new PacketList());
  }
}

function getOr<Key, Value>(values: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = values.get(key);
  if (value === undefined) {
    value = make();
    values.set(key, value);
  }
  return value;
}
