import type { TargetExtension } from '../extension.js';
import { prefix } from '../values/prefix.js';

/** iptables-extensions(8), NETMAP. */
export const netmap: TargetExtension = {
  stability: 'packet',
  verdict: 'translate',
  effect: 'fate',
  isPlain: false,
  least: 1,
  most: 1,
  place: { tables: ['nat'] },
  options: [{ flag: '--to', values: [prefix], negatable: false }],
};
