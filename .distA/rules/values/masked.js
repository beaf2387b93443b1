import { RuleError } from '../rule-error.js';
import { readNumber, toHex } from './hex.js';
const ALL_BITS = 0xffffffff;
/** VALUE or VALUE/MASK, of 32 bits. */
export function readMasked(text) {
    const [value = '', mask, ...rest] = text.split('/');
    if (rest.length > 0) {
        throw new RuleError(`"${text}": write VALUE or VALUE/MASK`);
    }
    return { value: readNumber('a mark', value, ALL_BITS), mask: mask === undefined ? ALL_BITS : readNumber('a mask', mask, ALL_BITS) };
}
export function printMasked({ value, mask }) {
    return `${toHex(value)}/${toHex(mask)}`;
}
/** VALUE/MASK to match; canonical without a mask of all bits. */
export const mark = (text) => {
    const { value, mask } = readMasked(text);
    return mask === ALL_BITS ? toHex(value) : printMasked({ value, mask });
};
/** VALUE/MASK to set; canonical always with the mask. */
export const markToSet = (text) => printMasked(readMasked(text));
