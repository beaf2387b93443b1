import type { Family, RuleOption } from '../../model/rule.js';
import type { Place } from './condition.js';
import type { Packet } from '../world/packet.js';

/** What a rule does with a packet that matches. The rest: what a target does is not modelled. */
export type Verdict = 'continue' | 'accept' | 'drop' | 'return' | { reject: string } | { unknown: string };

/** Answers a question that is not known: predict() tries both answers. */
export type Guess = (what: string) => boolean;

export type Action = (packet: Packet, place: Place, guess: Guess) => Verdict;

/** Reads the options of a target once, for all packets that it will get. */
export type TargetModel = (options: RuleOption[], family: Family) => Action;

/** A target that changes the packet and lets it go on. */
export function changing(change: (packet: Packet) => void): Action {
  return (packet) => {
    change(packet);
    return 'continue';
  };
}
