import type { InstabilityKind } from '../../model/plan.js';
import { canMeet, toFacts } from '../../rules/stability/conditions.js';
import type { IndexedChain, IndexedRule } from '../rules/rule-index.js';
import type { TracedPacket } from './packet.js';

/**
 * Lists why a retransmission of a packet may meet another decision: the kinds of instability of the rules that were evaluated for the packet.
 * In each chain, these are the rules up to the one by which the packet left it. If the packet came to the end, they are all rules.
 * The first rule that decides differently is one of them. A rule whose conditions exclude the packet does not count, unless the packet has
 * met it.
 *
 * @param subjects the rules that the packet met, and the chains to whose end it came
 * @param hasOnlyLo whether the world has no other interface
 */
export function listInstabilities(
  packet: TracedPacket,
  subjects: (IndexedRule | IndexedChain)[],
  hasOnlyLo: boolean,
): Set<InstabilityKind> {
  const met = new Set(subjects);
  const reached = new Map<IndexedChain, number>();
  for (const subject of subjects) {
    const [chain, place] = 'place' in subject ? [subject.chain, subject.place] : [subject, Infinity];
    if (chain.unstable.length > 0) {
      reached.set(chain, Math.max(place, reached.get(chain) ?? 0));
    }
  }
  const kinds = new Set<InstabilityKind>();
  if (reached.size === 0) {
    return kinds;
  }
  // All forms are tried: it is not recorded which one the packet had at which hook.
  const forms = [packet.headers, ...packet.rewrites].map((headers) => toFacts(headers, hasOnlyLo));
  for (const [chain, last] of reached) {
    const isNat = chain.known?.isNat ?? false;
    for (const unstable of chain.unstable) {
      const { place, rule } = unstable;
      if (place <= last && (met.has(unstable) || forms.some((facts) => canMeet(rule.instability?.conditions ?? [], facts)))) {
        for (const kind of rule.instability?.kinds ?? []) {
          // The kernel evaluates nat chains once for each flow.
          kinds.add(isNat ? 'binding' : kind);
        }
      }
    }
  }
  return kinds;
}
