import type { Extension } from '../extension.js';
import { comment as text } from '../values/comment.js';

/** iptables-extensions(8), comment. */
export const comment: Extension = {
  least: 1,
  most: 1,
  options: [{ flag: '--comment', values: [text], negatable: false }],
};
