import { USUAL_MATCH, type MatchExtension } from '../extension.js';
import { unlessAll } from '../port-options.js';
import { range } from '../values/range.js';

const MOST = 0xffffffff;

/** iptables-extensions(8), esp. */
export const esp: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'packet',
  protocols: ['esp'],
  isImplied: true,
  least: 0,
  most: 1,
  options: [{ flag: '--espspi', values: [range('an SPI', 0, MOST)], negatable: true, simplify: unlessAll(MOST) }],
};
