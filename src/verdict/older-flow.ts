import type { Cause } from '../model/result.js';
import { nameRule } from '../words/rule-name.js';
import type { Case } from './case.js';

/** With these causes no rule ended the request or its answer: where NAT sent the request decides. */
const DECIDED_BY_WAY: Cause[] = ['service', 'no-listener', 'silent'];

const ASKED_ONCE = 'table nat is asked for the first packet of a flow only';

/** Explains why NAT did not do with the request what its rules say. Empty if the flow is not older than the rules. */
export function explainOlderFlow({ olderFlow, cause }: Case): string {
  if (olderFlow === null || !DECIDED_BY_WAY.includes(cause)) {
    return '';
  }
  const { rule, rewrittenTo } = olderFlow;
  const still = rewrittenTo === null ? '' : `it still goes to ${rewrittenTo}`;
  return rule === null
    ? ` This flow is older than the rule set, and ${ASKED_ONCE}: ${still}, as its first packet did.`
    : ` This flow is older than ${nameRule({ ...rule, index: rule.index ?? 0, line: null })} (${rule.text}), and ${ASKED_ONCE}: that rule was not asked${still && `, and ${still}`}.`;
}

/** How to make NAT decide anew; null if the flow is not older than the rules. */
export function adviseOnOlderFlow({ olderFlow, cause, protocol }: Case): string | null {
  return olderFlow === null || !DECIDED_BY_WAY.includes(cause)
    ? null
    : `Use a new source port, so that it is another flow; or delete the flow: "conntrack": "flush" in this phase, and on a real machine conntrack -D -p ${protocol === 'udp' ? 'udp' : 'tcp'}.`;
}
