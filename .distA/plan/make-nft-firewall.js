import { listNftRuleStatements } from '../rules/list-nft-rule-statements.js';
import { printTraceTable, TRACE_TABLE } from '../rules/trace-table.js';
/** A rule set for nft itself, with loopfw's own table beside it. */
export function makeNftFirewall({ file, text }, { interfaces }) {
    return {
        kind: 'nft',
        ...{ backend: 'nft', file, text },
        hasRules: listNftRuleStatements(text).length > 0,
        trace: { table: TRACE_TABLE, text: printTraceTable(interfaces.length > 0) },
    };
}
