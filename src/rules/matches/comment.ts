import { USUAL_MATCH, type MatchExtension } from '../extension.js';
import { comment as text } from '../values/comment.js';

/** iptables-extensions(8), comment. */
export const comment: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'packet',
  matchesAll: true,
  least: 1,
  most: 1,
  options: [{ flag: '--comment', values: [text], negatable: false }],
};
