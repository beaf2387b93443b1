import type { Step } from '../../model/result.js';
import type { Place } from '../rule/condition.js';
import type { Miss } from '../rule/part.js';
import type { Packet } from '../world/packet.js';
import { explainMiss, type ReadCondition } from './conditions.js';

/** A rule that was asked about a packet, and its answer. An entry of the scenario with lists of addresses is several rules. */
export interface Asked {
  hook: Step['hook'];
  table: string;
  chain: string;
  /** The index of its entry in the scenario. */
  entry: number | null;
  /**
   * What connection tracking said of the packet then: NEW, ESTABLISHED, RELATED, INVALID or UNTRACKED. In table raw, which comes before it, a
   * packet is INVALID. null: no rule makes the kernel track connections.
   */
  state: string | null;
  answer:
    | { kind: 'matched' }
    | { kind: 'missed'; by: Miss }
    /** Whether it matches is not known. The prediction went on as if it had answered so. */
    | ({ kind: 'guessed'; matched: boolean } & Doubt);
}

/** What is not known of a packet: `a rate`, and the match that asked for it. */
export interface Doubt {
  what: string;
  match: string | null;
}

/** A chain of nat that was not asked about a packet: its NAT was decided with the first packet of the flow. */
export interface Passed {
  hook: Step['hook'];
  /** Its table and name: `nat OUTPUT`. */
  chain: string;
}

/** Everything that a packet was asked. */
export interface Questions {
  /** Whether the kernel tracks connections. */
  isTracking: boolean;
  asked: Asked[];
  /** The chains that it entered, by table and name: `filter INPUT`. */
  entered: Set<string>;
  passed: Passed[];
}

/** Whether a rule matches, and on what that hangs. */
export interface Answered {
  matched: boolean;
  guessed: Doubt | null;
  missed: ReadCondition | null;
}

/** Why a rule has answered so. Asks before the rule changes the packet. */
export function explain({ matched, guessed, missed }: Answered, packet: Packet, place: Place): Asked['answer'] {
  if (guessed !== null) {
    return { kind: 'guessed', matched, ...guessed };
  }
  return missed === null ? { kind: 'matched' } : { kind: 'missed', by: explainMiss(missed, packet, place) };
}
