import type { Rule, Table, Target } from '../model/rule.js';

/** A rule of loopfw's own, the first of its chain. */
export interface OwnRule {
  table: Table;
  chain: string;
  rule: Rule;
}

const TRACE: Target = { how: 'jump', name: 'TRACE', options: [] };

/** Makes the kernel report what becomes of every packet. On lo each one passes OUTPUT once, and the mark stays on it. */
export const TRACING_ON_LO: OwnRule[] = [{ table: 'raw', chain: 'OUTPUT', rule: makeRule(TRACE) }];

/** Whether a packet came in at all, and as what. It does nothing but have such a chain be there. */
const SHOWING_INPUT: OwnRule = { table: 'mangle', chain: 'INPUT', rule: makeRule(null) };

/**
 * The same where NAT rewrites what has left: iptables-nft makes only the chains that there are rules for, and what no chain sees behind
 * postrouting is a stranger when its answer comes. (The legacy back end has them all.)
 */
export const TRACING_BEHIND_NAT: OwnRule[] = [...TRACING_ON_LO, SHOWING_INPUT];

/**
 * The same where packets come in by interfaces. What NAT makes of an answer is seen in the chains behind the routing decision, and so is
 * whether a packet came as far: these rules do nothing but have such chains be there.
 */
export const TRACING_ON_INTERFACES: OwnRule[] = [
  ...TRACING_ON_LO,
  { table: 'raw', chain: 'PREROUTING', rule: makeRule(TRACE) },
  SHOWING_INPUT,
  { table: 'mangle', chain: 'FORWARD', rule: makeRule(null) },
];

function makeRule(target: Target | null): Rule {
  return { source: null, destination: null, inInterface: null, outInterface: null, protocol: null, matches: [], target };
}
