import { RuleError } from '../rule-error.js';
/** A number from 0 to most, decimal or hexadecimal. No leading zero: iptables reads 010 as 8. */
export function readNumber(what, text, most) {
    const number = /^(0|[1-9]\d{0,9}|0x[\da-f]{1,8})$/i.test(text) ? Number(text) : NaN;
    if (number <= most) {
        return number;
    }
    throw new RuleError(`"${text}" is not ${what}: a number from 0 to ${most}, or in hexadecimal to ${toHex(most)}`);
}
export function toHex(number, digits = 1) {
    return `0x${(number >>> 0).toString(16).padStart(digits, '0')}`;
}
/** A number in either notation; canonical is hexadecimal of at least so many digits. */
export function hex(what, most, digits = 1) {
    return (text) => toHex(readNumber(what, text, most), digits);
}
