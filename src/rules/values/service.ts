import { RuleError } from '../errors.js';
import type { OptionRow, PlainParser } from '../extension.js';
import { anyCaseChoice } from './names.js';
import { hex, readNumber, toHex } from './numbers.js';

/** iptables-extensions(8), tos. A name stands for the six bits of the old Type of Service. */
const NAMES: Record<string, number> = {
  'minimize-delay': 0x10,
  'maximize-throughput': 0x08,
  'maximize-reliability': 0x04,
  'minimize-cost': 0x02,
  'normal-service': 0x00,
};

/** VALUE, VALUE/MASK or a name. The canonical form always has the mask. */
export const tos: PlainParser = (text) => {
  const named = NAMES[text.toLowerCase()];
  if (named !== undefined) {
    return `${toHex(named, 2)}/0x3f`;
  }
  const [value = '', mask = '0xff', ...rest] = text.split('/');
  if (rest.length > 0) {
    throw new RuleError(`"${text}" is not a type of service: write VALUE or VALUE/MASK`);
  }
  return `${toHex(readNumber('a type of service', value, 255), 2)}/${toHex(readNumber('a mask', mask, 255), 2)}`;
};
const CLASSES: Record<string, number> = {
  ...Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`CS${index}`, index << 3])),
  BE: 0,
  ...Object.fromEntries([1, 2, 3, 4].flatMap((x) => [1, 2, 3].map((y) => [`AF${x}${y}`, (x << 3) | (y << 1)]))),
  EF: 0x2e,
};
const name = anyCaseChoice('a DiffServ class', Object.keys(CLASSES));
const dscpClass: PlainParser = (text) => toHex(CLASSES[name(text)] ?? 0, 2);

/** The options of a DSCP by number and by class. iptables-save writes both as the number. */
export function dscpOptions(flag: string, negatable: boolean): OptionRow[] {
  return [
    { flag, values: [hex('a DSCP', 63, 2)], negatable },
    { flag: `${flag}-class`, values: [dscpClass], negatable, simplify: (option) => ({ ...option, flag }) },
  ];
}
