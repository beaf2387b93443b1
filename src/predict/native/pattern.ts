import { readAddressRange } from '../../rules/values/address-range.js';
import { all, type Answer, unknown, type Unknown } from '../world/answer.js';
import { getMember, getNumber, getOnly, getText, isObject, type Json } from './json.js';
import { fromRange, isBetween, type TextValue, toText, type Value } from './value.js';

/** What the values of an expression are. Texts are names of interfaces. A mark has 32 bits. */
export type Shape = 'number' | 'text' | 'ethernet type' | 'mark' | Shape[];

/** What a rule or an element of a set compares a value with. any: `*`, the element for what no other one has. */
export type Pattern = { first: bigint; last: bigint } | TextValue | { parts: Pattern[] } | 'any' | Unknown;

/** ETH_P_IP and ETH_P_IPV6: nft 1.0.6 lists them with the bytes in the order of the machine. */
const SWAPPED = new Map([
  [0x0008n, 0x0800n],
  [0xdd86n, 0x86ddn],
]);

/** Reads a constant: a number, an address, a name, a range, a prefix or a concatenation. A list is the union of its bits. */
export function readPattern(json: Json | undefined, shape: Shape): Pattern {
  if (json === '*' && shape !== 'text') {
    return 'any';
  }
  if (Array.isArray(json)) {
    return readBits(json);
  }
  if (isObject(json)) {
    return readObject(json, shape);
  }
  if (shape === 'text') {
    return typeof json === 'string' ? toText(json) : unknown('an interface without a name');
  }
  const read = readNumber(json);
  const number = shape === 'ethernet type' && read !== null ? (SWAPPED.get(read) ?? read) : read;
  return number === null ? unknown(`the value ${String(json)}`) : { first: number, last: number };
}

function readBits(list: Json[]): Pattern {
  const numbers = list.map(readNumber);
  const bits = numbers.reduce<bigint>((sum, number) => sum | (number ?? 0n), 0n);
  return numbers.includes(null) ? unknown('a list of names') : { first: bits, last: bits };
}

function readObject(json: Json, shape: Shape): Pattern {
  const [kind, content] = getOnly(json) ?? ['', null];
  switch (kind) {
    case 'range': {
      const [first, last] = Array.isArray(content) ? content.map(readNumber) : [];
      return first === null || last === null || first === undefined || last === undefined ? unknown('a range') : { first, last };
    }
    case 'prefix': {
      const [address, length] = [getMember(content, 'addr'), getNumber(content, 'len')];
      if (shape === 'mark' && typeof address === 'number') {
        return { first: BigInt(address), last: BigInt(address) + 2n ** BigInt(32 - length) - 1n };
      }
      const range = readAddressRange(`${getText(content, 'addr')}/${length}`);
      return range === null ? unknown('a prefix') : { first: BigInt(`0x${range[0]}`), last: BigInt(`0x${range[1]}`) };
    }
    case 'concat':
      return Array.isArray(content)
        ? { parts: content.map((part, place) => readPattern(part, Array.isArray(shape) ? (shape[place] ?? 'number') : shape)) }
        : unknown('a concatenation');
    case 'elem': {
      // An element may expire, and one with a limit does not always count.
      const other = isObject(content) ? Object.keys(content).find((name) => !['val', 'comment', 'counter', 'timeout'].includes(name)) : '';
      return other === undefined ? readPattern(getMember(content, 'val'), shape) : unknown(`an element with ${other}`);
    }
    case '|':
      return Array.isArray(content) ? readBits(content) : unknown('|');
    default:
      return unknown(kind);
  }
}

/** A number, `true` of an expression that exists, or an address. */
function readNumber(json: Json | undefined): bigint | null {
  if (typeof json === 'boolean' || (typeof json === 'number' && Number.isInteger(json) && json >= 0)) {
    return BigInt(json);
  }
  if (typeof json !== 'string') {
    return null;
  }
  if (/^(?:0x[\da-f]+|\d+)$/i.test(json)) {
    return BigInt(json);
  }
  const range = readAddressRange(json);
  return range === null || range[0] !== range[1] ? null : BigInt(`0x${range[0]}`);
}

/** Whether a value is what the pattern says. */
export function fits(value: Value, pattern: Pattern): Answer {
  if (value === 'none') {
    return false;
  }
  if (pattern === 'any') {
    return true;
  }
  if ('unknown' in value || 'unknown' in pattern) {
    return 'unknown' in value ? value : (pattern as Unknown);
  }
  if ('parts' in value && 'parts' in pattern) {
    return all(value.parts.map((part, place) => fits(part, pattern.parts[place] ?? unknown('a concatenation'))));
  }
  if ('text' in value && 'text' in pattern) {
    // `eth*` is every name that begins with eth.
    return pattern.text.endsWith('*') ? value.text.startsWith(pattern.text.slice(0, -1)) : value.text === pattern.text;
  }
  return 'first' in value && 'first' in pattern ? isBetween(value, pattern.first, pattern.last) : unknown('a value of another type');
}

/** The value that a map has for a key. */
export function toValue(pattern: Pattern): Value {
  if (pattern === 'any' || 'unknown' in pattern || 'text' in pattern) {
    return pattern === 'any' ? unknown('*') : pattern;
  }
  return 'parts' in pattern ? { parts: pattern.parts.map(toValue) } : fromRange(pattern.first, pattern.last, 'which of several values');
}
