import type { NftRuleSet } from '../model/plan.js';
import type { RuleSet, WorldSpec } from '../model/scenario.js';
import { listNftRuleStatements } from '../rules/list-nft-rule-statements.js';
import { printTraceTable, TRACE_TABLE } from '../rules/trace-table.js';

/** A rule set for nft itself, with loopfw's own table beside it. */
export function makeNftRuleSet({ file, text }: Extract<RuleSet, { kind: 'nft' }>, { interfaces }: WorldSpec): NftRuleSet {
  return {
    kind: 'nft',
    ...{ backend: 'nft', file, text },
    hasRules: listNftRuleStatements(text).length > 0,
    trace: { table: TRACE_TABLE, text: printTraceTable(interfaces.length > 0) },
  };
}
