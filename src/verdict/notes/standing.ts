import type { Step } from '../../model/result.js';
import type { ReadChain } from '../../predict/chains/chain.js';
import { type Chains, isBase, listHooks, listLeading, type PlacedRule } from './chains.js';
import { type AskedRule, isFinal, type Visit } from './visit.js';

/** How a rule stands to a packet. */
export type Standing =
  | { kind: 'matched'; verdict: Step['verdict'] }
  | { kind: 'missed' }
  /**
   * Not asked: the packet left the chain before.
   * - first: the rule at which it left the chain in which the rule, or what leads to it, comes later
   * - end: the rule that ended the visit; null if none did
   */
  | { kind: 'behind'; first: AskedRule; end: AskedRule | null }
  /** Not asked: the rule that leads to its chain did not match. */
  | { kind: 'not-led'; by: PlacedRule }
  /** Not asked: no rule leads to its chain. */
  | { kind: 'unreferenced' }
  /** The packet did not meet the tables at the hooks from which rules lead to it. */
  | { kind: 'unvisited'; hooks: string[] };

const ORDER: Standing['kind'][] = ['matched', 'behind', 'missed', 'not-led'];

/** How a rule stands to a packet that has made these visits. */
export function findStanding(placed: PlacedRule, visits: Visit[], chains: Chains): Standing {
  const found = visits.flatMap((visit) => findInVisit(placed, visit, chains, new Set()) ?? []);
  const [best] = found.sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
  if (best !== undefined) {
    return best;
  }
  const hooks = listHooks(placed.chain, chains);
  return hooks.length === 0 ? { kind: 'unreferenced' } : { kind: 'unvisited', hooks };
}

/** null: the visit was to other chains. */
function findInVisit({ rule, chain }: PlacedRule, visit: Visit, chains: Chains, seen: Set<ReadChain>): Standing | null {
  if (visit.table !== chain.table || (isBase(chain) && chain.name !== visit.hook.toUpperCase())) {
    return null;
  }
  const own = visit.asked.filter((asked) => asked.rule === rule);
  if (own.length > 0) {
    const match = own.find(({ verdict }) => verdict !== null);
    return match?.verdict ? { kind: 'matched', verdict: match.verdict } : { kind: 'missed' };
  }
  const leading = listLeading(chain, chains);
  const isEntered =
    isBase(chain) || visit.asked.some(({ rule: asked, verdict }) => verdict !== null && leading.some((one) => one.rule === asked));
  if (isEntered) {
    return findWayOut(chain, visit);
  }
  if (seen.has(chain)) {
    return null;
  }
  seen.add(chain);
  const standings = leading.flatMap((each) => {
    const standing = findInVisit(each, visit, chains, seen);
    return standing === null ? [] : [standing.kind === 'missed' ? ({ kind: 'not-led', by: each } satisfies Standing) : standing];
  });
  return standings.find(({ kind }) => kind === 'behind') ?? standings[0] ?? null;
}

/** Where the packet left a chain that it entered. */
function findWayOut(chain: ReadChain, { asked }: Visit): Standing | null {
  const first = asked.findLast((each) => each.chain === chain && each.verdict !== null);
  const end = asked.at(-1);
  return first === undefined ? null : { kind: 'behind', first, end: end !== undefined && isFinal(end.verdict) ? end : null };
}
