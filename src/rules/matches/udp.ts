import { USUAL_MATCH, type MatchExtension } from '../extension.js';
import { PORT_OPTIONS } from '../port-options.js';

/** iptables-extensions(8), udp. All `-m udp` of a rule are one match, as with tcp. */
export const udp: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'packet',
  isPlain: true,
  protocols: ['udp'],
  isImplied: true,
  isMerged: true,
  least: 0,
  most: 2,
  options: PORT_OPTIONS,
};
