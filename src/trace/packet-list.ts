import type { TracedPacket } from './traced-packet.js';

/** Packets in the order in which they were first seen, each once. */
export class PacketList {
  readonly #packets: TracedPacket[] = [];

  /** Nearly always it is the latest; one that NAT has given another address comes late. */
  add(packet: TracedPacket): void {
    const place = this.#findPlace(packet.number);
    if (this.#packets[place] !== packet) {
      this.#packets.splice(place, 0, packet);
    }
  }

  /** Those from the given number on. */
  getFrom(number: number): TracedPacket[] {
    return this.#packets.slice(this.#findPlace(number));
  }

  /** Where the first is that has that number, or a higher one. */
  #findPlace(number: number): number {
    let [from, to] = [0, this.#packets.length];
    if ((this.#packets.at(-1)?.number ?? -1) < number) {
      return to;
    }
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((this.#packets[middle]?.number ?? number) < number) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }
}
