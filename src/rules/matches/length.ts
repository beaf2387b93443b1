import { USUAL_MATCH, type MatchExtension } from '../extension.js';
import { range } from '../values/range.js';

/** iptables-extensions(8), length. */
export const length: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'segment',
  least: 1,
  most: 1,
  options: [{ flag: '--length', values: [range('a length', 0, 65535)], negatable: true }],
};
