import type { TargetExtension } from '../extension.js';

/** iptables-extensions(8), TRACE. */
export const trace: TargetExtension = {
  stability: 'packet',
  verdict: 'continue',
  effect: 'none',
  isPlain: true,
  options: [],
  least: 0,
  most: 0,
  place: { tables: ['raw'] },
  reserved: 'loopfw places its own TRACE: leave the rule out',
};
