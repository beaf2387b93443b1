import type { Condition, Doubt, DoubtKind } from '../../model/plan.js';
import type { Effect, Stability } from '../extension.js';

/** What a rule is to a packet that is sent again. */
export interface Nature {
  /** Of all that it has. */
  stabilities: Stability[];
  effect: Effect;
  /** The names of what it remembers together with other rules. */
  memories: string[];
  /** What comes before the first thing that is not stable. */
  conditions: Condition[];
  /** What it rewrites of a packet otherwise than by NAT: no condition on that tells of another rule whether it can be met. */
  rewrites: Condition['of'][];
  /** Whether it gives flows a helper, which may expect others. */
  helps: boolean;
}

/** The conditions that what a rule of theirs rewrites makes worthless. */
const SPOILED: Partial<Record<Condition['of'], Condition['of'][]>> = {
  sourcePort: ['sourcePort', 'port'],
  destinationPort: ['destinationPort', 'port'],
};

export function isStable(stability: Stability): boolean {
  return stability === 'packet' || stability === 'mark';
}

/**
 * For each rule of a rule set, why it may decide a retransmission otherwise; null where it cannot, or where nothing hangs on it: a rule that only
 * logs, or sets a mark that no rule asks for. But what such a rule notes counts where another one's verdict hangs on it.
 */
export function findDoubts(natures: Nature[]): (Doubt | null)[] {
  const isMarkAsked = natures.some(({ stabilities }) => stabilities.includes('mark'));
  const isFateful = ({ effect }: Nature) => effect === 'fate' || (effect === 'mark' && isMarkAsked);
  const memories = new Set(natures.filter(isFateful).flatMap((nature) => nature.memories));
  const isHelped = natures.some(({ helps }) => helps);
  const rewritten = new Set(natures.flatMap(({ rewrites }) => rewrites.flatMap((of) => SPOILED[of] ?? [of])));
  return natures.map((nature) => {
    // Without a helper no flow is expected.
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
