import { USUAL_MATCH, type MatchExtension } from '../extension.js';
import { dscpOptions } from '../values/dscp.js';

/** iptables-extensions(8), dscp. */
export const dscp: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'packet',
  least: 1,
  most: 1,
  options: dscpOptions('--dscp', true),
};
