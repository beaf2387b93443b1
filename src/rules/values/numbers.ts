import { RuleError } from '../errors.js';
import type { OptionRow, PlainParser, ValueParser } from '../extension.js';

const ALL_BITS = 0xffffffff;

interface Masked {
  value: number;
  mask: number;
}

/** The largest id is 4294967294: (uid_t) -1 is not an id. */
const id = integer('a user or group by number, for names depend on the machine', 0, 4294967294);

/** The largest number of 64 bits. */
export const MOST_64 = 2n ** 64n - 1n;

/**
 * Reads a whole number as strtoul(3) does with base 0, and iptables with it: 0x10 and 020 are 16, and blanks and a + may come before it.
 *
 * @returns null if the text is no such number
 */
export function readInteger(text: string): bigint | null {
  if (PLAIN.test(text)) {
    return BigInt(text);
  }
  const digits = SPELLED.exec(text)?.[1];
  return digits === undefined ? null : BigInt(/^0\d/.test(digits) ? `0o${digits}` : digits);
}

const PLAIN = /^(?:0|[1-9]\d*)$/;
const SPELLED = /^\s*\+?(0x[\da-f]+|0[0-7]*|[1-9]\d*)$/i;

/** Makes a parser for a whole number from least to most. The canonical form is decimal. */
export function integer(what: string, least: number, most: number | bigint): PlainParser {
  return (text) => {
    const number = readInteger(text);
    if (number !== null && number >= least && number <= most) {
      return String(number);
    }
    throw new RuleError(`"${text}" is not ${what}: a number from ${least} to ${most}`);
  };
}

/**
 * The values of an option that is a range: `a`, `a:b`, `:b`, `a:` or `:`. The canonical form has both ends, or one number if they are equal.
 * A range whose first number is the larger one is accepted. No packet meets it.
 */
export function range(what: string, least: number, most: number): Pick<OptionRow, 'values' | 'whole'> {
  return { values: [rangeOf(integer(what, least, most), least, most)], whole: `${least}:${most}` };
}

/** Makes a parser for the ranges of `range`. */
export function rangeOf(number: ValueParser, least: number, most: number): ValueParser {
  return (text, ...context) => {
    if (/^\d+-\d+$/.test(text)) {
      throw new RuleError(`"${text}": a range is written ${text.replace('-', ':')}`);
    }
    const [first = '', last, ...rest] = text.split(':');
    if (last === undefined) {
      return number(text, ...context);
    }
    if (rest.length > 0) {
      throw new RuleError(`"${text}" is not a range: write FIRST:LAST`);
    }
    const from = number(first || String(least), ...context);
    const to = number(last || String(most), ...context);
    return from === to ? from : `${from}:${to}`;
  };
}

/** Makes a parser that refuses a range whose first number is the larger one, as iptables does for some options. */
export function inOrder(parse: ValueParser): ValueParser {
  return (text, ...context) => {
    const value = parse(text, ...context);
    if (isEmptyRange(value)) {
      throw new RuleError(`"${text}" is empty: its first number is the larger one`);
    }
    return value;
  };
}

/** Whether the first number of a canonical range is the larger one. */
export function isEmptyRange(value: string): boolean {
  const [from, to] = value.split(':');
  return to !== undefined && Number(from) > Number(to);
}

/** A number from 0 to most. */
export function readNumber(what: string, text: string, most: number): number {
  const number = readInteger(text);
  if (number !== null && number <= most) {
    return Number(number);
  }
  throw new RuleError(`"${text}" is not ${what}: a number from 0 to ${most}, or in hexadecimal to ${toHex(most)}`);
}

export function toHex(number: number, digits = 1): string {
  return `0x${(number >>> 0).toString(16).padStart(digits, '0')}`;
}

/** Makes a parser for a whole number. The canonical form is hexadecimal, with at least `digits` digits. */
export function hex(what: string, most: number, digits = 1): PlainParser {
  return (text) => toHex(readNumber(what, text, most), digits);
}

/** ID or FIRST-LAST. A name is refused as a whole: it may have a hyphen, as www-data has. */
export function idRange(text: string): string {
  if (/^[a-z_]/i.test(text)) {
    throw new RuleError(`"${text}" is not the number of a user or a group: names depend on files of the machine`);
  }
  const [first = '', last = first, ...rest] = text.split('-');
  const [from, to] = [id(first), id(last)];
  if (rest.length > 0 || Number(from) > Number(to)) {
    throw new RuleError(`"${text}" is not a range: write FIRST-LAST`);
  }
  return from === to ? from : `${from}-${to}`;
}

/** VALUE/MASK of a match. The canonical form leaves out a mask of all bits. */
export const mark: PlainParser = (text) => {
  const { value, mask } = readMasked(text);
  return mask === ALL_BITS ? toHex(value) : printMasked({ value, mask });
};

/** VALUE/MASK of a target that sets the mark. The canonical form always has the mask. */
const markToSet: PlainParser = (text) => printMasked(readMasked(text));

/** The options that set a mark. iptables-save prints each of them as --set-xmark. */
export const setMarkOptions: OptionRow[] = [
  { flag: '--set-xmark', values: [markToSet], negatable: false },
  toXmark('--set-mark', ({ value, mask }) => ({ value, mask: (value | mask) >>> 0 })),
  toXmark('--and-mark', ({ value }) => ({ value: 0, mask: ~value >>> 0 }), readWhole),
  toXmark('--or-mark', ({ value }) => ({ value, mask: value }), readWhole),
  toXmark('--xor-mark', ({ value }) => ({ value, mask: 0 }), readWhole),
];

/** VALUE or VALUE/MASK, each of 32 bits. */
function readMasked(text: string): Masked {
  const [value = '', mask, ...rest] = text.split('/');
  if (rest.length > 0) {
    throw new RuleError(`"${text}": write VALUE or VALUE/MASK`);
  }
  return { value: readNumber('a mark', value, ALL_BITS), mask: mask === undefined ? ALL_BITS : readNumber('a mask', mask, ALL_BITS) };
}

/** VALUE, which has no mask. */
function readWhole(text: string): Masked {
  return { value: readNumber('a mark', text, ALL_BITS), mask: ALL_BITS };
}

function printMasked({ value, mask }: Masked): string {
  return `${toHex(value)}/${toHex(mask)}`;
}

/**
 * Makes an option that iptables-save writes as --set-xmark VALUE/MASK. The kernel clears the bits of MASK, and then flips those of VALUE.
 */
function toXmark(flag: string, transform: (given: Masked) => Masked, read: (text: string) => Masked = readMasked): OptionRow {
  return {
    flag,
    values: [(text) => printMasked(transform(read(text)))],
    negatable: false,
    simplify: (option) => ({ ...option, flag: '--set-xmark' }),
  };
}
