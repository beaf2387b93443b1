import type { Condition, Place } from './condition.js';
import type { Packet } from '../world/packet.js';

/** One condition of a rule as its option is written, for people. */
export interface Part {
  /** `-d 127.0.0.3`, `! --dport 80`, `--ctstate NEW` */
  print: () => string;
  ask: Condition;
  /** What a packet has of what the option asks for: `127.0.0.2`, `81`, `ESTABLISHED`. */
  show: Show;
}

/** What a packet has of what an option asks for; empty if it has nothing: `-i` of a packet that is sent here. */
export type Show = (packet: Packet, place: Place) => string;

/** The condition of a rule that a packet did not meet. */
export interface Miss {
  /** The name of its match; null for what a rule asks for without a match: -s, -d, -i, -o, -p and -f. */
  match: string | null;
  /** The option as it is written. The whole match, `-m limit --limit 1/day`, where none of its options can be asked alone. */
  wants: string;
  /** What the packet has instead; empty if it has nothing there. null: no word tells it. */
  has: string | null;
}
