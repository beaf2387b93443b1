import type { TargetExtension } from '../extension.js';
import { dscpOptions } from '../values/dscp.js';

/** iptables-extensions(8), DSCP. */
export const dscp: TargetExtension = {
  stability: 'packet',
  verdict: 'continue',
  effect: 'fate',
  isPlain: false,
  least: 1,
  most: 1,
  place: { tables: ['mangle'] },
  options: dscpOptions('--set-dscp', false),
};
