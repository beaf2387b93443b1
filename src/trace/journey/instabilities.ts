import type { Decision, InstabilityKind } from '../../model/plan.js';
import type { Step } from '../../model/result.js';
import { canMeet, toFacts } from '../../rules/stability/conditions.js';
import type { IndexedChain, IndexedRule } from '../rules/rule-index.js';
import type { TracedPacket } from './packet.js';
import type { StepPlace } from './steps.js';

/** Why a rule may decide a retransmission differently. */
export interface Doubt {
  kind: InstabilityKind;
  /** Whether the rule is in a nat chain. The kernel evaluates these only until the flow is confirmed. */
  isNat: boolean;
}

/** What is known of the world in which a retransmission would come. */
export interface Situation {
  /** The interface by which the packet came into the world, if this is known. A world that has only lo has no other. */
  cameBy: string | null;
  /** When the client would send the last one at the latest: seconds after the rules were applied. */
  untilSeconds: number;
}

/** The place of a step, and how it went on from there. */
export interface Place extends StepPlace {
  verdict: Step['verdict'];
}

/** One passage of a packet through a chain. */
interface Passage {
  chain: IndexedChain;
  met: Set<IndexedRule>;
  /** The place of the rule by which the packet left the chain. Infinity if it came to the end. */
  last: number;
}

/** The verdicts that end the passage through a chain, and those that end the passages through all chains of the table. */
const LEAVES = new Set<Step['verdict']>(['return', 'goto']);
const LEAVES_ALL = new Set<Step['verdict']>(['accept', 'drop', 'reject']);

/** The hooks where a packet has no outgoing interface. */
const ARRIVING = new Set<Step['hook']>(['prerouting', 'input']);

/**
 * Lists why a retransmission of a packet may meet another decision, so that the client gets an answer: the kinds of instability of the rules
 * that were evaluated for the packet. In each passage through a chain, these are the rules up to the one by which the packet left it. If the
 * packet came to the end, they are all rules. The first rule that decides differently is one of them. Two kinds of rules do not count:
 * - A rule whose conditions exclude the packet, unless the packet has met it.
 * - A rule whose other decision is harmless.
 *
 * @param places all steps of the packet, in order
 * @param situation what is known of the world
 */
export function listInstabilities(packet: TracedPacket, places: Place[], { cameBy, untilSeconds }: Situation): Doubt[] {
  const doubts: Doubt[] = [];
  const passages = listPassages(places).filter(({ chain }) => chain.unstable.length > 0);
  if (passages.length === 0) {
    return doubts;
  }
  const device = cameBy === 'lo' || packet.steps.every(({ hook }) => ARRIVING.has(hook)) ? cameBy : null;
  // All forms are tried: it is not recorded which one the packet had at which hook.
  const forms = [packet.headers, ...packet.rewrites].map((headers) => toFacts(headers, device));
  for (const { chain, met, last } of passages) {
    const isNat = chain.known?.isNat ?? false;
    for (const unstable of chain.unstable) {
      const { instability } = unstable.rule;
      const isMet = met.has(unstable);
      const other: Decision = isMet ? 'miss' : 'match';
      if (unstable.place > last || instability === null || instability.harmless.includes(other)) {
        continue;
      }
      if (isMet || forms.some((facts) => canMeet(instability.conditions, facts))) {
        const isKept = instability.lasting[isMet ? 'match' : 'miss'] > untilSeconds;
        doubts.push(...instability.kinds.filter((kind) => !(isKept && kind === 'memory')).map((kind) => ({ kind, isNat })));
      }
    }
  }
  return doubts;
}

/**
 * The passages of a packet through chains. A packet may pass a chain several times: from several rules, and at several hooks.
 * The nft trace does not report the end of a user chain. A jump shows that the packet visits the chain, and the next step elsewhere shows
 * that it came to the end.
 */
function listPassages(places: Place[]): Passage[] {
  const passages: Passage[] = [];
  // The chain that the packet visits, with the chains to which it returns, the base chain first.
  let open: Passage[] = [];
  const enter = (chain: IndexedChain) => {
    const passage: Passage = { chain, met: new Set(), last: -1 };
    open.push(passage);
    passages.push(passage);
    return passage;
  };
  const leaveTo = (count: number) => {
    for (const passage of open.splice(count)) {
      passage.last = Infinity;
    }
  };
  for (const { subject, next, verdict } of places) {
    const [chain, place] = 'place' in subject ? [subject.chain, subject.place] : [subject, Infinity];
    const known = open.findIndex((passage) => passage.chain === chain);
    leaveTo(known !== -1 ? known + 1 : chain.station === null ? open.length : 0);
    const passage = open.at(-1)?.chain === chain ? open.at(-1) : undefined;
    const { met } = note(passage ?? enter(chain), place);
    if ('place' in subject) {
      met.add(subject);
    }
    if (LEAVES_ALL.has(verdict)) {
      open = [];
    } else if (LEAVES.has(verdict)) {
      open.pop();
    }
    if (next !== null) {
      enter(next);
    }
  }
  leaveTo(0);
  return passages;
}

function note(passage: Passage, place: number): Passage {
  passage.last = Math.max(passage.last, place);
  return passage;
}
