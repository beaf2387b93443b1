import type { TargetExtension } from '../extension.js';

/** iptables(8), TARGETS. */
export const accept: TargetExtension = {
  stability: 'packet',
  verdict: 'accept',
  effect: 'fate',
  isPlain: true,
  options: [],
  least: 0,
  most: 0,
};

/** Not in nat. iptables says there: "not intended for filtering, the use of DROP is therefore inhibited". */
export const drop: TargetExtension = { ...accept, verdict: 'drop', place: { tables: ['raw', 'mangle', 'filter'] } };

export const returnTarget: TargetExtension = { ...accept, verdict: 'return' };
