import { type Answer, unknown, type Unknown } from '../world/answer.js';

/** A number from first to last. */
export interface NumberValue {
  first: bigint;
  last: bigint;
  /** The bits that every one of these numbers has in common. */
  known: bigint;
  /** What is not known, if there are several. */
  what: string;
}

export interface TextValue {
  text: string;
}

/** The values of a concatenation. */
export interface TupleValue {
  parts: Value[];
}

/** What an expression finds in a packet. none: the packet has no such thing, so that the rule does not match (NFT_BREAK). */
export type Value = NumberValue | TextValue | TupleValue | Unknown | 'none';

const ALL_BITS = (1n << 128n) - 1n;

export function toNumber(value: bigint | number | boolean): NumberValue {
  const number = BigInt(value);
  return { first: number, last: number, known: ALL_BITS, what: '' };
}

export function toText(text: string): TextValue {
  return { text };
}

/** A number of which only some bits are known. */
export function fromBits(value: bigint, unknownBits: bigint, what: string): NumberValue {
  return { first: value, last: value | unknownBits, known: ALL_BITS ^ unknownBits, what };
}

export function fromRange(first: bigint, last: bigint, what: string): NumberValue {
  const differing = (1n << BigInt((first ^ last).toString(2).length)) - 1n;
  return { first, last, known: first === last ? ALL_BITS : ALL_BITS ^ differing, what };
}

export function isNumber(value: Value): value is NumberValue {
  return typeof value === 'object' && 'first' in value;
}

/** A number that is known; null for anything else. */
export function getExact(value: Value): bigint | null {
  return isNumber(value) && value.first === value.last ? value.first : null;
}

/** Whether a number lies between these, both ends included. */
export function isBetween({ first, last, known, what }: NumberValue, least: bigint, most: bigint): Answer {
  if (last < least || most < first || (least === most && ((first ^ least) & known) !== 0n)) {
    return false;
  }
  return (least <= first && last <= most) || unknown(what);
}

/** Whether a number has one of these bits. */
export function hasAnyBit({ first, known, what }: NumberValue, bits: bigint): Answer {
  return (first & known & bits) !== 0n || ((bits & ~known & ALL_BITS) === 0n ? false : unknown(what));
}

const OPERATIONS: Record<string, (one: bigint, other: bigint) => bigint> = {
  '&': (one, other) => one & other,
  '|': (one, other) => one | other,
  '^': (one, other) => one ^ other,
  '<<': (one, other) => one << other,
  '>>': (one, other) => one >> other,
};

export function isOperator(kind: string): boolean {
  return kind in OPERATIONS;
}

/** What an operator of bits makes of two values. Of a number that is partly known, only `&` keeps what is known. */
export function operate(operator: string, one: Value, other: Value): Value {
  if (one === 'none' || other === 'none') {
    return 'none';
  }
  const [left, right] = [getExact(one), getExact(other)];
  if (left !== null && right !== null) {
    return toNumber(OPERATIONS[operator]?.(left, right) ?? 0n);
  }
  if (operator === '&' && isNumber(one) && right !== null) {
    return fromBits(one.first & one.known & right, right & ~one.known & ALL_BITS, one.what);
  }
  return [one, other].find((value) => 'unknown' in value) ?? unknown(isNumber(one) ? one.what || operator : operator);
}

/** A text that tells exact values apart; null if the value is not exactly known. */
export function toKey(value: Value): string | null {
  if (value === 'none' || 'unknown' in value) {
    return null;
  }
  if ('parts' in value) {
    const keys = value.parts.map(toKey);
    return keys.includes(null) ? null : keys.join(' . ');
  }
  return 'text' in value ? value.text : (getExact(value)?.toString() ?? null);
}
