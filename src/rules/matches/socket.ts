import { USUAL_MATCH, type MatchExtension } from '../extension.js';

/** iptables-extensions(8), socket. */
export const socket: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'flow',
  least: 0,
  most: 3,
  place: { chains: ['PREROUTING', 'INPUT'] },
  options: ['--transparent', '--nowildcard', '--restore-skmark'].map((flag) => ({ flag, values: [], negatable: false })),
};
