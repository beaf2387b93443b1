import type { Packet } from '../model/result.js';

export interface Repeated extends Packet {
  /** How often the packet is in the journey. */
  times: number;
}

/** Merges retransmissions that met the same rules into their first packet. */
export function gatherRepeats(journey: Packet[]): Repeated[] {
  const found = new Map<string, Repeated>();
  for (const packet of journey) {
    const key = JSON.stringify([packet.packet, packet.steps]);
    const first = found.get(key);
    if (first === undefined) {
      found.set(key, { ...packet, times: 1 });
    } else {
      first.times += 1;
    }
  }
  return [...found.values()];
}
