import { USUAL_MATCH, type MatchExtension } from '../extension.js';
import { integer } from '../values/integer.js';

/** iptables-extensions(8), quota. iptables-save prints the quota that was given, not the rest of it. */
export const quota: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'memory',
  least: 1,
  most: 1,
  options: [{ flag: '--quota', values: [integer('a number of bytes', 0, Number.MAX_SAFE_INTEGER)], negatable: true }],
};
