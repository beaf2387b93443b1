import type { Condition } from '../../model/plan.js';
import type { Negatable, Rule, RuleOption } from '../../model/rule.js';
import { type Effect, findOptionOf, type Stability } from '../extension.js';
import { getMatch } from '../extensions/match-table.js';
import { getTarget } from '../extensions/target-table.js';
import { askOncePerPattern } from '../rule/pattern.js';
import { protocolNumber } from '../values/protocol.js';
import { toCondition } from './conditions.js';
import { isStable, type Keeper, type RetransmissionTraits } from './traits.js';

/**
 * Derives the traits of a rule from the table rows of its matches and its target.
 *
 * @param isBuiltIn whether the rule is in a built-in chain. There the kernel accepts -i or -o only if packets have such an interface.
 */
export function getRetransmissionTraits(rule: Rule, isBuiltIn = false): RetransmissionTraits {
  const { isAllStable, traits } = getSharedTraits(rule);
  return isAllStable ? traits : { ...traits, conditions: getConditions(rule, isBuiltIn) };
}

/** The traits without the conditions, which only a rule with an unstable part has. */
const getSharedTraits = askOncePerPattern((rule): { isAllStable: boolean; traits: RetransmissionTraits } => {
  const { matches, target } = rule;
  const row = target === null ? null : getTarget(target.name);
  const stabilities = matches.map(({ name, options }) => resolve(getMatch(name)?.stability ?? 'moment', options));
  if (row !== null) {
    stabilities.push(resolve(row.stability, target?.options ?? []));
  }
  const memories = [
    ...matches.flatMap(({ name, options }) => getMatch(name)?.memoryName?.(options) ?? []),
    ...(row?.memoryNames?.(target?.options ?? []) ?? []),
  ];
  const isAllStable = stabilities.every(isStable) && memories.length === 0;
  const traits: RetransmissionTraits = {
    stabilities,
    // The chain to which a jump leads may decide the fate of the packet.
    effect: target === null ? 'none' : resolve(row?.effect ?? 'fate', target.options),
    memories,
    keepers: isAllStable ? [] : matches.flatMap(getKeeper),
    conditions: [],
    rewrites: [],
    assignsHelper: target?.name === 'CT' && target.options.some(({ flag }) => flag === '--helper'),
  };
  return { isAllStable, traits };
});

/**
 * The names of the memories that a rule reads or writes.
 * @param own the name of a memory that no other rule shares
 * @param written the memories that targets write
 */
export function listMemories({ matches, target }: Rule, own: string, written: ReadonlySet<string>): string[] {
  const ofTarget = target === null ? [] : (getTarget(target.name)?.memoryNames?.(target.options) ?? []);
  const ofMatches = matches.flatMap(({ name, options }) => {
    const row = getMatch(name);
    const memory = row?.memoryName?.(options);
    const isMemory = resolve(row?.stability ?? 'memory', options) === 'memory' || (memory !== undefined && written.has(memory));
    return isMemory ? [memory ?? own] : [];
  });
  return [...ofMatches, ...ofTarget.filter((memory) => written.has(memory))];
}

function getKeeper({ name, options }: Rule['matches'][number]): Keeper[] {
  const { getLasting, memoryName } = getMatch(name) ?? {};
  return getLasting === undefined ? [] : [{ memory: memoryName?.(options) ?? null, options, getLasting }];
}

/** Whether the target does the same with every packet that has the same headers. */
export function hasStableTarget({ target }: Rule): boolean {
  const row = target === null ? null : getTarget(target.name);
  return row === null || isStable(resolve(row.stability, target?.options ?? []));
}

function resolve<Value extends Stability | Effect>(value: Value | ((options: RuleOption[]) => Value), options: RuleOption[]): Value {
  return typeof value === 'function' ? value(options) : value;
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
