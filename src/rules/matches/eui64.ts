import { USUAL_MATCH, type MatchExtension } from '../extension.js';

/** iptables-extensions(8), eui64. */
export const eui64: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'packet',
  families: ['ipv6'],
  least: 0,
  most: 0,
  place: { chains: ['PREROUTING', 'INPUT', 'FORWARD'] },
  options: [],
};
