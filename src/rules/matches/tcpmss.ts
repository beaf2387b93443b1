import { USUAL_MATCH, type MatchExtension } from '../extension.js';
import { range } from '../values/range.js';

/** iptables-extensions(8), tcpmss. */
export const tcpmss: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'segment',
  protocols: ['tcp'],
  least: 1,
  most: 1,
  options: [{ flag: '--mss', values: [range('a segment size', 0, 65535)], negatable: true }],
};
