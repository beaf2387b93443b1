import { USUAL_MATCH, type MatchExtension } from '../extension.js';
import { unlessAll } from '../port-options.js';
import { range } from '../values/range.js';

const MOST = 0xffffffff;

/** iptables-extensions(8), ah. */
export const ah: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'packet',
  families: ['ipv4'],
  protocols: ['ah'],
  isImplied: true,
  least: 0,
  most: 1,
  options: [{ flag: '--ahspi', values: [range('an SPI', 0, MOST)], negatable: true, simplify: unlessAll(MOST) }],
};
