import { USUAL_MATCH, type MatchExtension } from '../extension.js';
import { mark as value } from '../values/masked.js';

/** iptables-extensions(8), mark. */
export const mark: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'mark',
  least: 1,
  most: 1,
  options: [{ flag: '--mark', values: [value], negatable: true }],
};
