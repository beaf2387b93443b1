import type { Match, Negatable, Rule, RuleOption, Target } from '../../model/rule.js';

/** Whether two rules mean the same. Both are canonical, so equal meaning is equal form. This is 30 times as fast as isDeepStrictEqual. */
export function isSameRule(a: Rule, b: Rule): boolean {
  return (
    a === b ||
    (isSameValue(a.source, b.source) &&
      isSameValue(a.destination, b.destination) &&
      isSameValue(a.inInterface, b.inInterface) &&
      isSameValue(a.outInterface, b.outInterface) &&
      isSameValue(a.protocol, b.protocol) &&
      a.fragment?.negated === b.fragment?.negated &&
      isSameList(a.matches, b.matches, isSameMatch) &&
      isSameTarget(a.target, b.target))
  );
}

function isSameValue(a: Negatable | null, b: Negatable | null): boolean {
  return a === null || b === null ? a === b : a.negated === b.negated && a.value === b.value;
}

function isSameMatch(a: Match, b: Match): boolean {
  return a.name === b.name && isSameList(a.options, b.options, isSameOption);
}

function isSameTarget(a: Target | null, b: Target | null): boolean {
  return a === null || b === null ? a === b : a.how === b.how && isSameMatch(a, b);
}

function isSameOption(a: RuleOption, b: RuleOption): boolean {
  return a.flag === b.flag && a.negated === b.negated && isSameList(a.values, b.values, Object.is);
}

function isSameList<Item>(a: Item[], b: Item[], isSame: (a: Item, b: Item) => boolean): boolean {
  return a.length === b.length && a.every((item, place) => isSame(item, b[place] as Item));
}
