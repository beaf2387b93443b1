import { RuleError } from '../rule-error.js';
/** XT_STRING_MAX_PATTERN_SIZE (linux/netfilter/xt_string.h). */
const LONGEST = 128;
/** Text to look for. */
export function pattern(text) {
    return print(Buffer.from(text));
}
/** Text with bytes as |0d 0a| in it. */
export function hexPattern(text) {
    const parts = text.split('|');
    if (parts.length % 2 === 0) {
        throw new RuleError(`"${text}": a | has no partner`);
    }
    const bytes = parts.map((part, index) => (index % 2 === 0 ? Buffer.from(part) : readHex(part)));
    return print(Buffer.concat(bytes));
}
function readHex(text) {
    const digits = text.replaceAll(' ', '');
    if (!/^([\da-f]{2})+$/i.test(digits)) {
        throw new RuleError(`"|${text}|" are not bytes: two hexadecimal digits each`);
    }
    return Buffer.from(digits, 'hex');
}
/** Bytes that are not all printable ASCII become |hex|; so does what iptables would misread as that, or as the end of a quotation. */
function print(bytes) {
    if (bytes.length === 0 || bytes.length > LONGEST) {
        throw new RuleError(`the pattern has ${bytes.length} bytes: 1 to ${LONGEST} are possible`);
    }
    const text = bytes.toString('latin1');
    return /^[ -~]*$/.test(text) && !text.endsWith('\\') && !/^\|.*\|$/.test(text) ? text : `|${bytes.toString('hex')}|`;
}
