import type { Packet } from '../model/result.js';

export interface Repeated extends Packet {
  /** How often it stands in the journey. */
  times: number;
}

/** A journey in which a packet that was sent again, and fared the same, stands once: where it stood first. */
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
