import type { Extension } from '../extension.js';
import { range } from '../values/range.js';

/** iptables-extensions(8), length. */
export const length: Extension = {
  least: 1,
  most: 1,
  options: [{ flag: '--length', values: [range('a length', 0, 65535)], negatable: true }],
};
