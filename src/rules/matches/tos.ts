import { USUAL_MATCH, type MatchExtension } from '../extension.js';
import { tos as value } from '../values/tos.js';

/** iptables-extensions(8), tos. */
export const tos: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'packet',
  least: 1,
  most: 1,
  options: [{ flag: '--tos', values: [value], negatable: true }],
};
