import { USUAL_MATCH, type MatchExtension } from '../extension.js';
import { unlessAll } from '../port-options.js';
import { range } from '../values/range.js';

const MOST = 0xffffffff;

/** iptables-extensions(8), ipcomp. */
export const ipcomp: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'packet',
  protocols: ['108'],
  least: 0,
  most: 1,
  options: [{ flag: '--ipcompspi', values: [range('a CPI', 0, MOST)], negatable: true, simplify: unlessAll(MOST) }],
};
