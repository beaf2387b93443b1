import { UsageError } from '../errors.js';
import type { NftFirewall } from '../model/plan.js';
import type { Backend } from '../model/result.js';
import type { RuleSet, WorldSpec } from '../model/scenario.js';
import { listNftRuleStatements } from '../rules/list-nft-rule-statements.js';
import { printTraceTable, TRACE_TABLE } from '../rules/trace-table.js';

/** @throws UsageError where the back end, which the command line may have chosen, knows nothing of native rule sets */
export function makeNftFirewall(
  { file, text }: Extract<RuleSet, { kind: 'nft' }>,
  { interfaces }: WorldSpec,
  backend: Backend,
): NftFirewall {
  if (backend !== 'nft') {
    throw new UsageError(`${file} is a rule set for nft, which the back end ${backend} cannot hold: it runs with --backend nft`);
  }
  return {
    kind: 'nft',
    ...{ backend, file, text },
    hasRules: listNftRuleStatements(text).length > 0,
    trace: { table: TRACE_TABLE, text: printTraceTable(interfaces.length > 0) },
  };
}
