import type { OptionRow } from '../extension.js';
import { type Masked, markToSet, printMasked, readMasked } from './masked.js';

/**
 * Makes an option that iptables-save writes as --set-xmark VALUE/MASK. The kernel clears the bits of MASK, and then flips those of VALUE.
 */
function toXmark(flag: string, transform: (given: Masked) => Masked): OptionRow {
  return {
    flag,
    values: [(text) => printMasked(transform(readMasked(text)))],
    negatable: false,
    simplify: (option) => ({ ...option, flag: '--set-xmark' }),
  };
}

/** The options that set a mark. iptables-save prints each of them as --set-xmark. */
export const setMarkOptions: OptionRow[] = [
  { flag: '--set-xmark', values: [markToSet], negatable: false },
  toXmark('--set-mark', ({ value, mask }) => ({ value, mask: (value | mask) >>> 0 })),
  toXmark('--and-mark', ({ value }) => ({ value: 0, mask: ~value >>> 0 })),
  toXmark('--or-mark', ({ value }) => ({ value, mask: value })),
  toXmark('--xor-mark', ({ value }) => ({ value, mask: 0 })),
];
