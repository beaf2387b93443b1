import type { Condition, Decision, Instability, InstabilityKind } from '../../model/plan.js';
import type { Effect, Stability } from '../extension.js';

/** What decides how a rule treats a retransmission. */
export interface RetransmissionTraits {
  /** The stabilities of its matches and its target. */
  stabilities: Stability[];
  effect: Effect;
  /** The names of the memories that it shares with other rules. */
  memories: string[];
  /** The conditions before the first part that is not stable. */
  conditions: Condition[];
  /** The fields that it rewrites by other means than NAT. A condition on such a field no longer tells whether a rule can match. */
  rewrites: Condition['of'][];
  /** Whether it gives flows a conntrack helper, which may expect other flows. */
  assignsHelper: boolean;
}

/** The conditions that a field can meet, for a field that has more than one. They become useless if a rule rewrites the field. */
const CONDITIONS_OF_FIELD: Partial<Record<Condition['of'], Condition['of'][]>> = {
  sourcePort: ['sourcePort', 'port'],
  destinationPort: ['destinationPort', 'port'],
};

export function isStable(stability: Stability): boolean {
  return stability === 'packet' || stability === 'mark';
}

/**
 * Finds for each rule why it may decide a retransmission differently. A rule gets null if it cannot, or if its decision has no effect: it
 * only logs, or sets a mark that no rule checks. But such a rule counts if it writes a memory on which the verdict of another rule depends.
 */
export function findInstabilities(rules: RetransmissionTraits[]): (Instability | null)[] {
  const isMarkChecked = rules.some((rule) => rule.stabilities.includes('mark') && actsOnMark(rule));
  const isFateful = ({ effect }: RetransmissionTraits) => effect === 'fate' || (effect === 'mark' && isMarkChecked);
  const memories = new Set(rules.filter(isFateful).flatMap((rule) => rule.memories));
  const isHelperAssigned = rules.some(({ assignsHelper }) => assignsHelper);
  const rewritten = new Set(rules.flatMap(({ rewrites }) => rewrites.flatMap((of) => CONDITIONS_OF_FIELD[of] ?? [of])));
  return rules.map((rule) => {
    // Without a conntrack helper, no flow is expected.
    const stabilities = rule.stabilities.map((stability) => (stability === 'expected' && !isHelperAssigned ? 'flow' : stability));
    const kinds = stabilities.filter(isInstability);
    const isRead = rule.memories.some((name) => memories.has(name));
    const conditions = rule.conditions.filter(({ of }) => !rewritten.has(of));
    // A rule that only stores something has no effect itself. The rule that reads it counts too.
    const harmless: Decision[] = isFateful(rule) ? [] : ['match', 'miss'];
    return kinds.length > 0 && (isFateful(rule) || isRead) ? { kinds: [...new Set(kinds)], conditions, harmless } : null;
  });
}

/** Whether a rule that checks the mark can change more than a mark. `CONNMARK --save-mark` only copies it. */
function actsOnMark({ effect, memories }: RetransmissionTraits): boolean {
  return effect === 'fate' || (effect === 'none' && memories.length > 0);
}

function isInstability(stability: Stability): stability is InstabilityKind {
  return !isStable(stability);
}
