import type { Family, RuleOption } from '../../model/rule.js';
import type { Place } from './condition.js';
import type { Packet } from '../world/packet.js';

/** A rule leads a packet to another chain of its table. */
export interface Jump {
  to: string;
  how: 'jump' | 'goto';
}

/**
 * What a rule does with a packet that matches.
 * - break: the rule does not match after all: its map has no such key
 * - unknown: what a target does is not modelled
 */
export type Verdict = 'continue' | 'accept' | 'drop' | 'return' | 'break' | Jump | { reject: string } | { unknown: string };

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
