import type { Advice } from '../model/advice.js';
import type { Cause } from '../model/result.js';
import { nameRule } from '../words/rule-name.js';
import type { Case } from './case.js';

/** With these causes no rule ended the request or its answer: where NAT sent the request decides. */
const DECIDED_BY_WAY: Cause[] = ['service', 'no-listener', 'silent'];

const DECIDED_ONCE = "NAT is decided with a flow's first packet";

/** Explains why NAT did not do with the request what its rules say. Empty if the flow is not older than the rules. */
export function explainOlderFlow({ olderFlow, cause }: Case): string {
  if (olderFlow === null || !DECIDED_BY_WAY.includes(cause)) {
    return '';
  }
  if (olderFlow.rule === null) {
    return ` This flow is older than the rule set, and ${DECIDED_ONCE}: it still goes to ${olderFlow.rewrittenTo}, as its first packet did.`;
  }
  const { rule, hasMatched, rewrittenTo } = olderFlow;
  const still = rewrittenTo === null ? '' : `, and the flow still goes to ${rewrittenTo}`;
  const name = nameRule({ ...rule, index: rule.index ?? 0, file: null, line: null });
  return ` This flow is older than ${name} (${rule.text}), and ${DECIDED_ONCE}${hasMatched ? ': the rule matched, and changed nothing' : ''}${still}.`;
}

/** How to make NAT decide anew; nothing if the flow is not older than the rules. */
export function adviseOnOlderFlow({ olderFlow, cause, protocol }: Case): Advice[] {
  return olderFlow === null || !DECIDED_BY_WAY.includes(cause)
    ? []
    : [
        {
          text: `Delete the flow: "conntrack": "flush" in this phase, and on a real machine conntrack -D -p ${protocol === 'udp' ? 'udp' : 'tcp'}. Another way, not tried: a new source port, so that it is another flow.`,
          remedy: { kind: 'flush' },
        },
      ];
}
