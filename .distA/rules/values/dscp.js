import { choice } from './choice.js';
import { hex, toHex } from './hex.js';
const CLASSES = {
    ...Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`CS${index}`, index << 3])),
    BE: 0,
    ...Object.fromEntries([1, 2, 3, 4].flatMap((x) => [1, 2, 3].map((y) => [`AF${x}${y}`, (x << 3) | (y << 1)]))),
    EF: 0x2e,
};
const name = choice('a DiffServ class', Object.keys(CLASSES));
const dscpClass = (text) => toHex(CLASSES[name(text)] ?? 0, 2);
/** A number and a class, both written as the number. */
export function dscpOptions(flag, negatable) {
    return [
        { flag, values: [hex('a DSCP', 63, 2)], negatable },
        { flag: `${flag}-class`, values: [dscpClass], negatable, simplify: (option) => ({ ...option, flag }) },
    ];
}
