import { USUAL_MATCH, type MatchExtension } from '../extension.js';

/** iptables-extensions(8), rpfilter. */
export const rpfilter: MatchExtension = {
  ...USUAL_MATCH,
  stability: (options) => (options.some(({ flag }) => flag === '--validmark') ? 'mark' : 'packet'),
  least: 0,
  most: 4,
  place: { tables: ['raw', 'mangle'], chains: ['PREROUTING'] },
  options: ['--loose', '--validmark', '--accept-local', '--invert'].map((flag) => ({ flag, values: [], negatable: false })),
};
