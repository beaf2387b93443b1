import type { PlainParser } from '../extension.js';
import { RuleError } from '../rule-error.js';
import { readNumber, toHex } from './hex.js';

export interface Masked {
  value: number;
  mask: number;
}

const ALL_BITS = 0xffffffff;

/** VALUE or VALUE/MASK, each of 32 bits. */
export function readMasked(text: string): Masked {
  const [value = '', mask, ...rest] = text.split('/');
  if (rest.length > 0) {
    throw new RuleError(`"${text}": write VALUE or VALUE/MASK`);
  }
  return { value: readNumber('a mark', value, ALL_BITS), mask: mask === undefined ? ALL_BITS : readNumber('a mask', mask, ALL_BITS) };
}

export function printMasked({ value, mask }: Masked): string {
  return `${toHex(value)}/${toHex(mask)}`;
}

/** VALUE/MASK of a match. The canonical form leaves out a mask of all bits. */
export const mark: PlainParser = (text) => {
  const { value, mask } = readMasked(text);
  return mask === ALL_BITS ? toHex(value) : printMasked({ value, mask });
};

/** VALUE/MASK of a target that sets the mark. The canonical form always has the mask. */
export const markToSet: PlainParser = (text) => printMasked(readMasked(text));
