import type { OptionRow, PlainParser } from '../extension.js';
import { choice } from './choice.js';
import { hex, toHex } from './hex.js';

const CLASSES: Record<string, number> = {
  ...Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`CS${index}`, index << 3])),
  BE: 0,
  ...Object.fromEntries([1, 2, 3, 4].flatMap((x) => [1, 2, 3].map((y) => [`AF${x}${y}`, (x << 3) | (y << 1)]))),
  EF: 0x2e,
};
const name = choice('a DiffServ class', Object.keys(CLASSES));
const dscpClass: PlainParser = (text) => toHex(CLASSES[name(text)] ?? 0, 2);

/** The options of a DSCP by number and by class. iptables-save writes both as the number. */
export function dscpOptions(flag: string, negatable: boolean): OptionRow[] {
  return [
    { flag, values: [hex('a DSCP', 63, 2)], negatable },
    { flag: `${flag}-class`, values: [dscpClass], negatable, simplify: (option) => ({ ...option, flag }) },
  ];
}
