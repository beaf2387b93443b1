import type { Chain, PlannedLine } from '../../model/plan.js';
import type { Family, Rule, Table } from '../../model/rule.js';
import type { MATCHES } from '../../rules/extensions/match-table.js';
import { getTarget } from '../../rules/extensions/target-table.js';
import type { TARGETS } from '../../rules/extensions/target-table.js';
import type { Action } from '../rule/action.js';
import { type ReadCondition, readConditions } from './conditions.js';
import { TARGET_MODELS } from '../targets/table.js';

export interface ReadRule {
  /** The index of its entry in the scenario. */
  entry: number | null;
  /** They are asked in this order. */
  conditions: ReadCondition[];
  /** action: what its target does · null: it has no target. */
  then: { action: Action; translates: boolean } | { to: string; how: 'jump' | 'goto' } | null;
}

export interface ReadChain {
  table: Table;
  name: string;
  policy: Chain['policy'];
  rules: ReadRule[];
}

/** The rules of a family, ready to be asked. */
export interface ReadRuleSet {
  /** By table and name. */
  chains: Map<string, ReadChain>;
  /** Whether the kernel tracks connections: only if a rule needs it. */
  isTracking: boolean;
  hasNat: boolean;
}

/** What makes the kernel track the connections of a namespace (nf_ct_netns_get). NOTRACK does not. */
const TRACKING_MATCHES: string[] = [
  'cluster',
  'connbytes',
  'connlabel',
  'connlimit',
  'connmark',
  'conntrack',
  'helper',
  'state',
] satisfies (keyof typeof MATCHES)[];
const TRACKING_TARGETS: string[] = [
  'CONNMARK',
  'CONNSECMARK',
  'CT',
  'DNAT',
  'MASQUERADE',
  'NETMAP',
  'REDIRECT',
  'SNAT',
] satisfies (keyof typeof TARGETS)[];

export function readRuleSet(chains: Chain<PlannedLine>[], family: Family): ReadRuleSet {
  const rules = chains.flatMap(({ lines }) => lines.map(({ rule }) => rule));
  return {
    chains: new Map(chains.map((chain) => [toKey(chain.table, chain.name), readChain(chain, family)])),
    isTracking: rules.some(needsTracking),
    hasNat: chains.some(({ table }) => table === 'nat'),
  };
}

export function toKey(table: Table, chain: string): string {
  return `${table} ${chain}`;
}

function readChain({ table, name, policy, lines }: Chain<PlannedLine>, family: Family): ReadChain {
  const rules = lines.map(({ entry, rule }): ReadRule => ({
    entry,
    conditions: readConditions(rule, family),
    then: readTarget(rule, family),
  }));
  return { table, name, policy, rules };
}

function needsTracking({ matches, target }: Rule): boolean {
  const isNotrack = target?.name === 'CT' && target.options.some(({ flag }) => flag === '--notrack');
  return (
    matches.some(({ name }) => TRACKING_MATCHES.includes(name)) || (target !== null && TRACKING_TARGETS.includes(target.name) && !isNotrack)
  );
}

function readTarget({ target }: Rule, family: Family): ReadRule['then'] {
  if (target === null) {
    return null;
  }
  const row = getTarget(target.name);
  if (row === null) {
    return { to: target.name, how: target.how };
  }
  const model = TARGET_MODELS[target.name as keyof typeof TARGETS];
  return { action: model(target.options, family), translates: row.verdict === 'translate' };
}
