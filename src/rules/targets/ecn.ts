import type { TargetExtension } from '../extension.js';

/** iptables-extensions(8), ECN. */
export const ecn: TargetExtension = {
  stability: 'packet',
  verdict: 'continue',
  effect: 'fate',
  isPlain: false,
  families: ['ipv4'],
  protocols: ['tcp'],
  least: 1,
  most: 1,
  place: { tables: ['mangle'] },
  options: [{ flag: '--ecn-tcp-remove', values: [], negatable: false }],
};
