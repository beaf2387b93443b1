import type { Rule, Table, Target } from '../../model/rule.js';

/** A rule that loopfw adds as the first rule of a chain. */
export interface OwnRule {
  table: Table;
  chain: string;
  rule: Rule;
}

const TRACE: Target = { how: 'jump', name: 'TRACE', options: [] };

/** The rules that make the kernel trace every packet on lo. There each packet passes OUTPUT once, and its trace mark stays on it. */
export const TRACE_RULES_ON_LO: OwnRule[] = [{ table: 'raw', chain: 'OUTPUT', rule: makeRule(TRACE) }];

/** Shows whether a packet came in, and what NAT made of it. The rule does nothing: its only purpose is that the chain exists. */
const INPUT_CHAIN_FOR_TRACE: OwnRule = { table: 'mangle', chain: 'INPUT', rule: makeRule(null) };

/**
 * The rules on lo if NAT rewrites packets in POSTROUTING. iptables-nft makes only the chains that have rules. Without a chain behind
 * POSTROUTING, the trace never shows the rewritten packet, so its answer cannot be matched to it. The legacy back end always has all
 * chains.
 */
export const TRACE_RULES_WITH_NAT: OwnRule[] = [...TRACE_RULES_ON_LO, INPUT_CHAIN_FOR_TRACE];

/**
 * The rules if packets come in by interfaces. The chains behind the routing decision show what NAT made of an answer, and whether a packet
 * came that far. The rules in these chains do nothing: their only purpose is that the chains exist.
 */
export const TRACING_ON_INTERFACES: OwnRule[] = [
  ...TRACE_RULES_ON_LO,
  { table: 'raw', chain: 'PREROUTING', rule: makeRule(TRACE) },
  INPUT_CHAIN_FOR_TRACE,
  { table: 'mangle', chain: 'FORWARD', rule: makeRule(null) },
];

/** The same chains without a mark: packets are marked elsewhere, and only as long as it is needed. */
export function withoutTrace(rules: OwnRule[]): OwnRule[] {
  return rules.map((own) => ({ ...own, rule: makeRule(null) }));
}

function makeRule(target: Target | null): Rule {
  return { source: null, destination: null, inInterface: null, outInterface: null, protocol: null, fragment: null, matches: [], target };
}
