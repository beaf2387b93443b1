import type { Rule } from '../model/rule.js';

/** loopfw's own rule, the first of OUTPUT in the raw table: it makes the kernel report what becomes of every packet. */
export const TRACE_RULE: Rule = {
  source: null,
  destination: null,
  inInterface: null,
  outInterface: null,
  protocol: null,
  matches: [],
  target: { how: 'jump', name: 'TRACE', options: [] },
};
