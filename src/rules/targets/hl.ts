import type { TargetExtension } from '../extension.js';
import { integer } from '../values/integer.js';

const change = integer('a change', 1, 255);

/** iptables-extensions(8), HL. */
export const hl: TargetExtension = {
  stability: 'packet',
  verdict: 'continue',
  effect: 'fate',
  isPlain: false,
  families: ['ipv6'],
  least: 1,
  most: 1,
  place: { tables: ['mangle'] },
  options: [
    { flag: '--hl-set', values: [integer('a hop limit', 0, 255)], negatable: false },
    { flag: '--hl-dec', values: [change], negatable: false },
    { flag: '--hl-inc', values: [change], negatable: false },
  ],
};
