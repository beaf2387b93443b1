import { readAddressRange } from '../values/address-range.js';

/** The first and the last of numbers that follow each other. */
export type Range = readonly [first: bigint, last: bigint];

/** Whether each number of one set is in the other. Both are sorted, and their ranges do not touch. */
export function isWithin(inner: readonly Range[], outer: readonly Range[]): boolean {
  return inner.every(([first, last]) => outer.some((range) => range[0] <= first && last <= range[1]));
}

/** The numbers that are in both sets. */
export function intersect(one: readonly Range[], other: readonly Range[]): Range[] {
  return one.flatMap(([first, last]) =>
    other.flatMap((range): Range[] => {
      const [from, to] = [range[0] > first ? range[0] : first, range[1] < last ? range[1] : last];
      return from <= to ? [[from, to]] : [];
    }),
  );
}

/** The numbers from 0 to `most` that are not in the set. */
export function invert(ranges: readonly Range[], most: bigint): Range[] {
  const inverted: Range[] = [];
  let next = 0n;
  for (const [first, last] of ranges) {
    if (first > next) {
      inverted.push([next, first - 1n]);
    }
    next = last + 1n;
  }
  return next <= most ? [...inverted, [next, most]] : inverted;
}

/** Sorts ranges, and joins those that overlap or touch. */
export function joinRanges(ranges: readonly Range[]): Range[] {
  const joined: Range[] = [];
  for (const [first, last] of ranges.toSorted((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0))) {
    const before = joined.at(-1);
    if (before !== undefined && first <= before[1] + 1n) {
      joined[joined.length - 1] = [before[0], last > before[1] ? last : before[1]];
    } else {
      joined.push([first, last]);
    }
  }
  return joined;
}

/** Numbers, and ranges FIRST:LAST of them, separated by commas. A range from the larger number to the smaller one is empty. */
export function readNumbers(text: string): Range[] {
  const ranges = text.split(',').map((part): Range => {
    const [first = '', last = first] = part.split(':');
    return [BigInt(first), BigInt(last)];
  });
  return joinRanges(ranges.filter(([first, last]) => first <= last));
}

/** ADDRESS/LENGTH or FIRST-LAST, in canonical form. null for a mask with holes. */
export function readAddresses(text: string): Range[] | null {
  const range = readAddressRange(text);
  if (range === null) {
    return null;
  }
  const [first, last] = range.map((digits) => BigInt(`0x${digits}`));
  return first !== undefined && last !== undefined && first <= last ? [[first, last]] : [];
}
