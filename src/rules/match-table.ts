import type { Extension } from './extension.js';
import { comment } from './matches/comment.js';
import { conntrack } from './matches/conntrack.js';
import { iprange } from './matches/iprange.js';
import { multiport } from './matches/multiport.js';
import { state } from './matches/state.js';
import { tcp } from './matches/tcp.js';

export type MatchName = 'comment' | 'conntrack' | 'iprange' | 'multiport' | 'state' | 'tcp';

/** Every match of the rule language. */
export const MATCHES = { comment, conntrack, iprange, multiport, state, tcp } satisfies Record<MatchName, Extension>;

export function getMatch(name: string): Extension | null {
  return Object.hasOwn(MATCHES, name) ? MATCHES[name as MatchName] : null;
}
