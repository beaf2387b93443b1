import type { Step } from '../../model/result.js';
import type { Family, RuleOption } from '../../model/rule.js';
import { type Answer, flip, unknown } from '../world/answer.js';
import type { Network } from '../world/network.js';
import type { Ends, Packet } from '../world/packet.js';

/** Where a packet is. */
export interface Place {
  hook: Step['hook'];
  /** The interface by which it came in; empty for a packet that is sent here. */
  inInterface: string;
  /** The interface by which it leaves; empty before routing. */
  outInterface: string;
  /** The ports of a bridge by which a packet came in and goes out; null if it is on no bridge. */
  ports: { in: string; out: string | null } | null;
  network: Network;
  client: Client;
  memory: Memory;
}

/** The socket of the probe. */
export interface Client extends Ends {
  /** The interface at whose other end it is; null in the world itself. */
  via: string | null;
}

/** What matches know of the past and of the time. */
export interface Memory {
  /** By rule, or by the name of a list. null: the world has been used before. */
  kept: Map<unknown, unknown> | null;
  /** Since the conversation began. */
  seconds: number;
  /** The conversation begins between these moments; null: at any time. */
  clock: [earliest: Date, latest: Date] | null;
}

/** What a rule, or a part of it, asks of a packet. */
export type Condition = (packet: Packet, place: Place) => Answer;

/** Reads the options of a match once, for all packets that will be asked. */
export type MatchModel = (options: RuleOption[], family: Family) => Condition;

/** N or FIRST:LAST; the ends may be empty. */
export function readRange(text: string, separator = ':', most = Infinity): [first: number, last: number] {
  const [first = '', last = first] = text.split(separator);
  return [Number(first === '' ? 0 : first), last === '' ? most : Number(last)];
}

export function isWithin(value: number, [first, last]: readonly [first: number, last: number]): boolean {
  return first <= value && value <= last;
}

/** The first value of the option; empty if the rule does not have it. */
export function getValue(options: RuleOption[], flag: string): string {
  return options.find((option) => option.flag === flag)?.values[0] ?? '';
}

export function hasOption(options: RuleOption[], flag: string): boolean {
  return options.some((option) => option.flag === flag);
}

/** A condition for each option that has one; each may be negated. All must hold. */
export function readOptions(options: RuleOption[], readers: Record<string, (...values: string[]) => Condition>): Condition[] {
  return options.map(({ flag, negated, values }): Condition => {
    const read = readers[flag];
    if (read === undefined) {
      return () => unknown(flag);
    }
    const condition = read(...values);
    return (packet, place) => flip(condition(packet, place), negated);
  });
}

/** The condition that all of these hold. */
export function combine(conditions: Condition[]): Condition {
  const [only] = conditions;
  if (conditions.length === 1 && only !== undefined) {
    return only;
  }
  return (packet, place) => {
    let doubt: Answer = true;
    for (const condition of conditions) {
      const answer = condition(packet, place);
      if (answer === false) {
        return false;
      }
      if (answer !== true && doubt === true) {
        doubt = answer;
      }
    }
    return doubt;
  };
}

/** VALUE or VALUE/MASK, each decimal or hexadecimal. */
export function readMasked(text: string): { value: number; mask: number } {
  const [value = '', mask = '0xffffffff'] = text.split('/');
  return { value: Number(value), mask: Number(mask) };
}

/** Clears the bits of the mask, and then flips those of the value. null: the old bits are not known, and some of them stay. */
export function setBits<Bits extends number | null>(old: Bits, { value, mask }: { value: number; mask: number }): Bits | number {
  return old === null && mask !== 0xffffffff ? old : (((old ?? 0) & ~mask) ^ value) >>> 0;
}

/** As hasBits(), where the bits may be not known. */
export function askBits(bits: number | null, masked: { value: number; mask: number }): Answer {
  return bits === null ? unknown('a mark') : hasBits(bits, masked);
}

export function hasBits(bits: number, { value, mask }: { value: number; mask: number }): boolean {
  return (bits & mask) >>> 0 === value;
}

/** `eth+` is every name that begins with eth. */
export function isNamed(name: string, wanted: string): boolean {
  return wanted.endsWith('+') ? name.startsWith(wanted.slice(0, -1)) : name === wanted;
}
