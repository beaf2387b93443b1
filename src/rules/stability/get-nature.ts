import type { Condition } from '../../model/plan.js';
import type { Negatable, Rule, RuleOption } from '../../model/rule.js';
import type { Stability } from '../extension.js';
import { getMatch } from '../match-table.js';
import { findOptionOf } from '../option-of.js';
import { getTarget } from '../target-table.js';
import { protocolNumber } from '../values/protocol.js';
import { toCondition } from './conditions.js';
import { isStable, type Nature } from './nature.js';

/**
 * A rule's nature follows from the rows of its matches and its target.
 *
 * @param isBuiltIn whether its chain is one, where the kernel takes no interface that a packet does not have
 */
export function getNature(rule: Rule, isBuiltIn = false): Nature {
  const { matches, target } = rule;
  const row = target === null ? null : getTarget(target.name);
  const stabilities = matches.map(({ name, options }) => resolve(getMatch(name)?.stability ?? 'moment', options));
  if (row !== null) {
    stabilities.push(resolve(row.stability, target?.options ?? []));
  }
  const isAllStable = stabilities.every(isStable);
  return {
    stabilities,
    // Where a jump leads to, fates may be decided.
    effect: target === null ? 'none' : (row?.effect ?? 'fate'),
    memories: isAllStable ? [] : matches.flatMap(({ name, options }) => getMatch(name)?.memoryName?.(options) ?? []),
    conditions: isAllStable ? [] : getConditions(rule, isBuiltIn),
    rewrites: [],
    helps: target?.name === 'CT' && target.options.some(({ flag }) => flag === '--helper'),
  };
}

function resolve(stability: Stability | ((options: RuleOption[]) => Stability), options: RuleOption[]): Stability {
  return typeof stability === 'function' ? stability(options) : stability;
}

/** What a packet must have before the rule asks anything that is not stable: iptables asks its matches in the order in which they are written. */
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
      const of = findOptionOf(row, flag)?.asks;
      found.push(of === undefined ? null : toCondition(of, negated, values[0]?.split(',') ?? []));
    }
  }
  return found.filter((condition) => condition !== null);
}

function ofGeneral(of: Condition['of'], value: Negatable | null): Condition | null {
  return value && toCondition(of, value.negated, [value.value]);
}

/** What is sent has come by no interface, and what has come goes by none yet: in a chain of one's own such a packet meets `! -i lo`. */
function ofInterface(value: Negatable | null, isBuiltIn: boolean): Condition | null {
  return value?.negated && !isBuiltIn ? null : ofGeneral('interface', value);
}
