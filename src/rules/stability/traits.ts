import type { Condition, Instability, InstabilityKind } from '../../model/plan.js';
import type { Negatable, Rule, RuleOption } from '../../model/rule.js';
import { type Effect, findOptionOf, type Stability } from '../extension.js';
import { getMatch } from '../extensions/match-table.js';
import { getTarget } from '../extensions/target-table.js';
import { protocolNumber } from '../values/protocol.js';
import { toCondition } from './conditions.js';

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
  const isMarkChecked = rules.some(({ stabilities }) => stabilities.includes('mark'));
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
    return kinds.length > 0 && (isFateful(rule) || isRead) ? { kinds: [...new Set(kinds)], conditions } : null;
  });
}

function isInstability(stability: Stability): stability is InstabilityKind {
  return !isStable(stability);
}

/**
 * Derives the traits of a rule from the table rows of its matches and its target.
 *
 * @param isBuiltIn whether the rule is in a built-in chain. There the kernel accepts -i or -o only if packets have such an interface.
 */
export function getRetransmissionTraits(rule: Rule, isBuiltIn = false): RetransmissionTraits {
  const { matches, target } = rule;
  const row = target === null ? null : getTarget(target.name);
  const stabilities = matches.map(({ name, options }) => resolve(getMatch(name)?.stability ?? 'moment', options));
  if (row !== null) {
    stabilities.push(resolve(row.stability, target?.options ?? []));
  }
  const isAllStable = stabilities.every(isStable);
  return {
    stabilities,
    // The chain to which a jump leads may decide the fate of the packet.
    effect: target === null ? 'none' : (row?.effect ?? 'fate'),
    memories: isAllStable ? [] : matches.flatMap(({ name, options }) => getMatch(name)?.memoryName?.(options) ?? []),
    conditions: isAllStable ? [] : getConditions(rule, isBuiltIn),
    rewrites: [],
    assignsHelper: target?.name === 'CT' && target.options.some(({ flag }) => flag === '--helper'),
  };
}

function resolve(stability: Stability | ((options: RuleOption[]) => Stability), options: RuleOption[]): Stability {
  return typeof stability === 'function' ? stability(options) : stability;
}

/**
 * The conditions that a packet must meet before the rule checks anything that is not stable. iptables checks the matches in the order in
 * which they are written.
 */
export function getConditions({ protocol, source, destination, inInterface, outInterface, matches }: Rule, isBuiltIn = false): Condition[] {
  const found: (Condition | null)[] = [
    ofGeneral('protocol', protocol && { ...protocol, value: protocolNumber(protocol.value) }),
    ofGeneral('source', source),
    ofGeneral('destination', destination),
    ofInterface(inInterface, isBuiltIn),
    ofInterface(outInterface, isBuiltIn),
  ];
  for (const { name, options } of matches) {
    const row = getMatch(name);
    if (row === null || !isStable(resolve(row.stability, options))) {
      break;
    }
    for (const { flag, negated, values } of options) {
      const of = findOptionOf(row, flag)?.comparedField;
      found.push(of === undefined ? null : toCondition(of, negated, values[0]?.split(',') ?? []));
    }
  }
  return found.filter((condition) => condition !== null);
}

function ofGeneral(of: Condition['of'], value: Negatable | null): Condition | null {
  return value && toCondition(of, value.negated, [value.value]);
}

/**
 * The condition of -i or -o. null for a negation in a user chain. A packet that is sent has no input interface, and a received packet has
 * no output interface yet, so it meets `! -i lo` or `! -o lo` there.
 */
function ofInterface(value: Negatable | null, isBuiltIn: boolean): Condition | null {
  return value?.negated && !isBuiltIn ? null : ofGeneral('interface', value);
}
