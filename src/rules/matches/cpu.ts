import { USUAL_MATCH, type MatchExtension } from '../extension.js';
import { integer } from '../values/integer.js';

/** iptables-extensions(8), cpu. Chance decides which processor handles a packet. */
export const cpu: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'moment',
  least: 1,
  most: 1,
  options: [{ flag: '--cpu', values: [integer('a processor', 0, 65535)], negatable: true }],
};
