import type { OptionRow, TargetExtension } from '../extension.js';
import { readNumber, toHex } from '../values/hex.js';
import { tos as value } from '../values/tos.js';

/** Makes an option that iptables-save writes as --set-tos VALUE/MASK. The kernel clears the bits of MASK, and then flips those of VALUE. */
function toSet(flag: string, transform: (bits: number) => [value: number, mask: number]): OptionRow {
  return {
    flag,
    values: [
      (text) =>
        transform(readNumber('a type of service', text, 255))
          .map((bits) => toHex(bits & 0xff, 2))
          .join('/'),
    ],
    negatable: false,
    simplify: (option) => ({ ...option, flag: '--set-tos' }),
  };
}

/** iptables-extensions(8), TOS. */
export const tos: TargetExtension = {
  stability: 'packet',
  verdict: 'continue',
  effect: 'fate',
  isPlain: false,
  least: 1,
  most: 1,
  place: { tables: ['mangle'] },
  options: [
    { flag: '--set-tos', values: [value], negatable: false },
    toSet('--and-tos', (bits) => [0, ~bits]),
    toSet('--or-tos', (bits) => [bits, bits]),
    toSet('--xor-tos', (bits) => [bits, 0]),
  ],
};
