import type { Condition, Doubt, DoubtKind } from '../../model/plan.js';
import type { Effect, Stability } from '../extension.js';

/** How a rule treats a retransmission. */
export interface Nature {
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
  helps: boolean;
}

/** The conditions that become useless if a rule rewrites the field. */
const SPOILED: Partial<Record<Condition['of'], Condition['of'][]>> = {
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
export function findDoubts(natures: Nature[]): (Doubt | null)[] {
  const isMarkAsked = natures.some(({ stabilities }) => stabilities.includes('mark'));
  const isFateful = ({ effect }: Nature) => effect === 'fate' || (effect === 'mark' && isMarkAsked);
  const memories = new Set(natures.filter(isFateful).flatMap((nature) => nature.memories));
  const isHelped = natures.some(({ helps }) => helps);
  const rewritten = new Set(natures.flatMap(({ rewrites }) => rewrites.flatMap((of) => SPOILED[of] ?? [of])));
  return natures.map((nature) => {
    // Without a conntrack helper, no flow is expected.
    const stabilities = nature.stabilities.map((stability) => (stability === 'expected' && !isHelped ? 'flow' : stability));
    const kinds = stabilities.filter(isDoubt);
    const isRead = nature.memories.some((name) => memories.has(name));
    const conditions = nature.conditions.filter(({ of }) => !rewritten.has(of));
    return kinds.length > 0 && (isFateful(nature) || isRead) ? { kinds: [...new Set(kinds)], conditions } : null;
  });
}

function isDoubt(stability: Stability): stability is DoubtKind {
  return !isStable(stability);
}
