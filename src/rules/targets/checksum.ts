import type { TargetExtension } from '../extension.js';

/** iptables-extensions(8), CHECKSUM. */
export const checksum: TargetExtension = {
  stability: 'packet',
  verdict: 'continue',
  effect: 'none',
  isPlain: false,
  least: 1,
  most: 1,
  place: { tables: ['mangle'] },
  options: [{ flag: '--checksum-fill', values: [], negatable: false }],
};
