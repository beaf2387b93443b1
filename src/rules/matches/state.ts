import { USUAL_MATCH, type MatchExtension } from '../extension.js';
import { nameList } from '../values/name-list.js';

const STATES = ['INVALID', 'NEW', 'RELATED', 'ESTABLISHED', 'UNTRACKED'];

/** iptables-extensions(8), state. It means the same as --ctstate of conntrack, but iptables-save writes the two differently. */
export const state: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'expected',
  least: 1,
  most: 1,
  options: [{ flag: '--state', values: [nameList('a connection state', STATES)], negatable: true }],
};
