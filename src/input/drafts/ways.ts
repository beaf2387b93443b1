import type { Family } from '../../model/rule.js';
import { getFamily, isSameFamily } from '../../words/addresses.js';
import { isIn } from '../scenario/world/network.js';
import type { Action, ChainWords, Conditions, Hook, RuleSetWords, RuleWords } from './rule-words.js';
import { NO_CONDITIONS } from './rule-words.js';

/** The most rules that are followed. In a rule set of thousands of lines the first services tell enough. */
const MOST_STEPS = 50_000;

/** A rule that a first packet can come to from a hook, with all that the rules on the way ask of the packet. */
export interface Way {
  family: Family;
  hook: Hook;
  conditions: Conditions;
  notOutInterfaces: string[];
  action: Exclude<Action, { kind: 'jump' | 'other' }>;
}

/** Lists the ways through the chains of a rule set that end in a verdict or in a translation. */
export function listWays({ chains }: RuleSetWords, usualFamily: Family): Way[] {
  const ways: Way[] = [];
  const byName = new Map(chains.map((chain) => [`${chain.table} ${chain.name}`, chain]));
  let steps = 0;
  const walk = (hook: Hook, chain: ChainWords, before: Conditions, above: ChainWords[]): void => {
    for (const rule of chain.rules) {
      const conditions = steps++ < MOST_STEPS && rule.meetsNew ? join(before, rule.conditions) : null;
      if (conditions === null) {
        continue;
      }
      const { action } = rule;
      if (action.kind === 'jump') {
        const next = byName.get(`${chain.table} ${action.chain}`);
        if (next !== undefined && !above.includes(next)) {
          walk(hook, next, conditions, [...above, next]);
        }
      } else if (action.kind !== 'other') {
        ways.push({
          family: chain.family ?? guessFamily(rule, conditions) ?? usualFamily,
          hook,
          conditions,
          notOutInterfaces: rule.notOutInterfaces,
          action,
        });
      }
    }
  };
  for (const chain of chains) {
    if (chain.hook !== null) {
      walk(chain.hook, chain, NO_CONDITIONS, [chain]);
    }
  }
  return ways;
}

function guessFamily({ action }: RuleWords, { sources, destinations }: Conditions): Family | null {
  const [address] = [...sources, ...destinations, ...(action.kind === 'translate' ? [action.address ?? []].flat() : [])];
  return address === undefined ? null : getFamily(address);
}

/** What both ask together; null if no packet can have it. */
function join(one: Conditions, other: Conditions): Conditions | null {
  const joined: Conditions = {
    inInterfaces: common(one.inInterfaces, other.inInterfaces, coversName),
    outInterfaces: common(one.outInterfaces, other.outInterfaces, coversName),
    sources: common(one.sources, other.sources, coversAddress),
    destinations: common(one.destinations, other.destinations, coversAddress),
    protocols: common(one.protocols, other.protocols, (wide, narrow) => wide === narrow),
    ports: common(one.ports, other.ports, (wide, narrow) => wide === narrow),
  };
  const keys = Object.keys(joined) as (keyof Conditions)[];
  return keys.some((key) => joined[key].length === 0 && one[key].length > 0) ? null : joined;
}

/** The narrower ones of two lists. An empty list asks nothing. */
function common<Value>(one: Value[], other: Value[], covers: (wide: Value, narrow: Value) => boolean): Value[] {
  if (one.length === 0 || other.length === 0) {
    return one.length === 0 ? other : one;
  }
  return [
    ...one.filter((value) => other.some((wide) => covers(wide, value))),
    ...other.filter((value) => !one.includes(value) && one.some((wide) => covers(wide, value))),
  ];
}

function coversName(wide: string, narrow: string): boolean {
  return wide === narrow || (/[+*]$/.test(wide) && narrow.startsWith(wide.slice(0, -1)));
}

function coversAddress(wide: string, narrow: string): boolean {
  return wide === narrow || (wide.includes('/') && isSameFamily(wide, narrow) && isIn(narrow.split('/')[0] ?? narrow, wide));
}
