import { ALL_FLAGS, ALL_STATES } from '../../rules/packets/combinations.js';
import type { NumberField, PacketSet } from '../../rules/packets/packet-set.js';
import { intersect, invert, type Range } from '../../rules/packets/ranges.js';

export const EVERYTHING: PacketSet = {
  numbers: {},
  flags: ALL_FLAGS,
  states: ALL_STATES,
  inInterfaces: [],
  outInterfaces: [],
  fragment: null,
  hasHeader: false,
  marks: [],
  others: [],
};

/** The packets that are in both sets. */
export function joinSets(one: PacketSet, other: PacketSet): PacketSet {
  const numbers = { ...one.numbers };
  for (const [name, ranges] of Object.entries(other.numbers)) {
    const field = name as NumberField;
    const own = numbers[field];
    numbers[field] = own === undefined ? ranges : intersect(own, ranges);
  }
  return {
    numbers,
    flags: one.flags & other.flags,
    states: one.states & other.states,
    inInterfaces: [...one.inInterfaces, ...other.inInterfaces],
    outInterfaces: [...one.outInterfaces, ...other.outInterfaces],
    fragment: one.fragment ?? other.fragment,
    hasHeader: one.hasHeader || other.hasHeader,
    marks: [...one.marks, ...other.marks],
    others: [...one.others, ...other.others],
  };
}

/** The numbers of the first ranges that are not in the others. */
export function subtract(ranges: readonly Range[], others: readonly Range[], most: bigint): Range[] {
  return intersect(ranges, invert(others, most));
}

export function holds(ranges: readonly Range[], value: bigint): boolean {
  return ranges.some(([first, last]) => first <= value && value <= last);
}
