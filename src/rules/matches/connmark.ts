import { USUAL_MATCH, type MatchExtension } from '../extension.js';
import { mark } from '../values/masked.js';

/** iptables-extensions(8), connmark. */
export const connmark: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'moment',
  least: 1,
  most: 1,
  options: [{ flag: '--mark', values: [mark], negatable: true }],
};
