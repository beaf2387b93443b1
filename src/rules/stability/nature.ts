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
}

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
  return natures.map((nature) => {
    const kinds = nature.stabilities.filter(isDoubt);
    const isRead = nature.memories.some((name) => memories.has(name));
    return kinds.length > 0 && (isFateful(nature) || isRead) ? { kinds: [...new Set(kinds)], conditions: nature.conditions } : null;
  });
}

function isDoubt(stability: Stability): stability is DoubtKind {
  return !isStable(stability);
}
