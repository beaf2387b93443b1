import type { Condition, Decision, Instability, InstabilityKind, Lasting, OtherRules } from '../../model/plan.js';
import type { RuleOption } from '../../model/rule.js';
import type { Effect, MatchExtension, Stability } from '../extension.js';

/** What decides how a rule treats a retransmission. */
export interface RetransmissionTraits {
  /** The stabilities of its matches and its target. */
  stabilities: Stability[];
  effect: Effect;
  /** The names of the memories that it shares with other rules. */
  memories: string[];
  /** Its matches that tell how long they keep a decision. */
  keepers: Keeper[];
  /** The conditions before the first part that is not stable. */
  conditions: Condition[];
  /** The fields that it rewrites by other means than NAT. A condition on such a field no longer tells whether a rule can match. */
  rewrites: Condition['of'][];
  /** Whether it gives flows a conntrack helper, which may expect other flows. */
  assignsHelper: boolean;
}

/** A match with a memory that keeps a decision for a known time. */
export interface Keeper {
  /** null if no other rule shares it. */
  memory: string | null;
  options: RuleOption[];
  getLasting: NonNullable<MatchExtension['getLasting']>;
}

const NOT_LASTING: Lasting = { match: 0, miss: 0 };

/** The conditions that a field can meet, for a field that has more than one. They become useless if a rule rewrites the field. */
const CONDITIONS_OF_FIELD: Partial<Record<Condition['of'], Condition['of'][]>> = {
  sourcePort: ['sourcePort', 'port'],
  destinationPort: ['destinationPort', 'port'],
};

export function isStable(stability: Stability): boolean {
  return stability === 'packet' || stability === 'mark';
}

/** What else decides about the packets that the rules judge. */
interface Beside {
  /** The memories that time or targets change, each with how long a decision about it lasts. */
  changing?: ReadonlyMap<string, Lasting>;
  /** The rules of another kind; null if there are none. They may check marks, read memories and rewrite packets. */
  others?: OtherRules | null;
}

/**
 * Finds for each rule why it may decide a retransmission differently. A rule gets null if it cannot, or if its decision has no effect: it
 * only logs, or sets a mark that no rule checks. But such a rule counts if it writes a memory on which the verdict of another rule depends.
 *
 * @param areSourcesFew whether packets come from so few addresses that no list overflows
 */
export function findInstabilities(
  rules: RetransmissionTraits[],
  areSourcesFew = false,
  { changing = new Map(), others = null }: Beside = {},
): (Instability | null)[] {
  // The rules of a long list share a few traits.
  const distinct = [...new Set(rules)];
  const hasOthers = others !== null;
  const isMarkChecked = hasOthers || distinct.some((rule) => rule.stabilities.includes('mark') && actsOnMark(rule));
  const isFateful = ({ effect }: RetransmissionTraits) => effect === 'fate' || (effect === 'mark' && isMarkChecked);
  const memories = new Set(distinct.filter(isFateful).flatMap((rule) => rule.memories));
  const isHelperAssigned = others?.assignHelper === true || distinct.some(({ assignsHelper }) => assignsHelper);
  const rewritten = new Set(distinct.flatMap(({ rewrites }) => rewrites.flatMap((of) => CONDITIONS_OF_FIELD[of] ?? [of])));
  const keepers = distinct.flatMap((rule) => rule.keepers);
  const getLasting = ({ stabilities, keepers: own }: RetransmissionTraits, changes: Lasting[]): Lasting => {
    const isKept = own.length >= stabilities.filter((stability) => stability === 'memory').length;
    if (hasOthers || own.length + changes.length === 0 || !isKept) {
      return NOT_LASTING;
    }
    const each = own.map(({ memory, options, getLasting: get }) => {
      const all = memory === null ? [] : keepers.filter((other) => other.memory === memory).map((other) => other.options);
      return get(options, { all, areSourcesFew });
    });
    each.push(...changes);
    return { match: Math.min(...each.map(({ match }) => match)), miss: Math.min(...each.map(({ miss }) => miss)) };
  };
  const find = (rule: RetransmissionTraits): Instability | null => {
    // Without a conntrack helper, no flow is expected.
    const stabilities = rule.stabilities.map((stability) => (stability === 'expected' && !isHelperAssigned ? 'flow' : stability));
    const changes = rule.memories.flatMap((name) => changing.get(name) ?? []);
    const kinds: InstabilityKind[] = [...stabilities.filter(isInstability), ...changes.map(() => 'memory' as const)];
    const isRead = rule.memories.some((name) => hasOthers || memories.has(name));
    const conditions = rule.conditions.filter(({ of }) => !hasOthers && !rewritten.has(of));
    // A rule that only stores something has no effect itself. The rule that reads it counts too.
    const harmless: Decision[] = isFateful(rule) ? [] : ['match', 'miss'];
    return kinds.length > 0 && (isFateful(rule) || isRead)
      ? { kinds: [...new Set(kinds)], conditions, harmless, lasting: getLasting(rule, changes) }
      : null;
  };
  const found = new Map(distinct.map((rule) => [rule, find(rule)]));
  return rules.map((rule) => found.get(rule) ?? null);
}

/** Whether a rule that checks the mark can change more than a mark. `CONNMARK --save-mark` only copies it. */
function actsOnMark({ effect, memories }: RetransmissionTraits): boolean {
  return effect === 'fate' || (effect === 'none' && memories.length > 0);
}

function isInstability(stability: Stability): stability is InstabilityKind {
  return !isStable(stability);
}
