import type { DoubtKind } from '../model/plan.js';
import { canMeet, toFacts } from '../rules/stability/conditions.js';
import type { IndexedChain, IndexedRule } from './rule-index.js';
import type { TracedPacket } from './traced-packet.js';

/**
 * Why a retransmission may fare otherwise than a packet did: of what kinds are the rules that it was asked by, and that may decide otherwise. In
 * each chain those are the rules up to the one by which the packet left; all of them where it came to the end. The first rule that decides
 * otherwise is one of these. One that the packet is known to have met is not excused by what it asks for.
 *
 * @param subjects the rules that the packet met, and the chains to whose end it came
 * @param hasOnlyLo whether the world has no other interface
 */
export function listDoubts(packet: TracedPacket, subjects: (IndexedRule | IndexedChain)[], hasOnlyLo: boolean): Set<DoubtKind> {
  const met = new Set(subjects);
  const reached = new Map<IndexedChain, number>();
  for (const subject of subjects) {
    const [chain, place] = 'place' in subject ? [subject.chain, subject.place] : [subject, Infinity];
    if (chain.doubtful.length > 0) {
      reached.set(chain, Math.max(place, reached.get(chain) ?? 0));
    }
  }
  const kinds = new Set<DoubtKind>();
  if (reached.size === 0) {
    return kinds;
  }
  // At which hook it was what, nobody has written down.
  const forms = [packet.headers, ...packet.rewrites].map((headers) => toFacts(headers, hasOnlyLo));
  for (const [chain, last] of reached) {
    const isNat = chain.known?.isNat ?? false;
    for (const doubtful of chain.doubtful) {
      const { place, rule } = doubtful;
      if (place <= last && (met.has(doubtful) || forms.some((facts) => canMeet(rule.doubt?.conditions ?? [], facts)))) {
        for (const kind of rule.doubt?.kinds ?? []) {
          // nat is asked once a flow.
          kinds.add(isNat ? 'binding' : kind);
        }
      }
    }
  }
  return kinds;
}
