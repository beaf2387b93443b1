import { comment as text } from '../values/comment.js';
/** iptables-extensions(8), comment. */
export const comment = {
    least: 1,
    most: 1,
    options: [{ flag: '--comment', values: [text], negatable: false }],
};
