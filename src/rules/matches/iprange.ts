import { USUAL_MATCH, type MatchExtension } from '../extension.js';
import { addressRange } from '../values/address-range.js';

/** iptables-extensions(8), iprange. */
export const iprange: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'packet',
  least: 1,
  most: 2,
  options: [
    { flag: '--src-range', values: [addressRange], negatable: true, comparedField: 'source' },
    { flag: '--dst-range', values: [addressRange], negatable: true, comparedField: 'destination' },
  ],
};
