import type { Chain, PlannedLine } from '../../model/plan.js';
import type { Family, Rule } from '../../model/rule.js';
import { getTarget } from '../../rules/extensions/target-table.js';
import type { TARGETS } from '../../rules/extensions/target-table.js';
import type { Action, Jump } from '../rule/action.js';
import { type ReadCondition, readConditions } from './conditions.js';
import { TARGET_MODELS } from '../targets/table.js';

export interface ReadRule {
  /** The index of its entry in the scenario. */
  entry: number | null;
  /** They are asked in this order. */
  conditions: ReadCondition[];
  /** action: what its target does · null: it has no target. */
  then: { action: Action; translates: boolean } | Jump | null;
}

export interface ReadChain {
  table: string;
  name: string;
  policy: Chain['policy'];
  rules: ReadRule[];
}

export function toKey(table: string, chain: string): string {
  return `${table} ${chain}`;
}

export function readChain({ table, name, policy, lines }: Chain<PlannedLine>, family: Family): ReadChain {
  const rules = lines.map(({ entry, rule }): ReadRule => ({
    entry,
    conditions: readConditions(rule, family),
    then: readTarget(rule, family),
  }));
  return { table, name, policy, rules };
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
