import type { Family } from '../../model/rule.js';
import type { RuleSet } from '../../model/scenario.js';
import { readIptablesWords } from './iptables-words.js';
import { readNftWords } from './nft-words.js';
import type { RuleSetWords } from './rule-words.js';
import { listWays, type Way } from './ways.js';

/** What a rule set says of interfaces, addresses and services. */
export interface ReadRuleSet {
  words: RuleSetWords;
  ways: Way[];
  /** Whether a rule looks up a route (rpfilter, fib). Then loopfw adds no routes of its own. */
  asksForRoutes: boolean;
}

/** What several rule sets say together. */
export function readRuleSetsWords(ruleSets: RuleSet[]): ReadRuleSet {
  const read = ruleSets.map((ruleSet) => readRuleSetWords(ruleSet, 'ipv4'));
  const words = {
    chains: read.flatMap((each) => each.words.chains),
    interfaces: [...new Set(read.flatMap((each) => each.words.interfaces))],
  };
  return { words, ways: read.flatMap((each) => each.ways), asksForRoutes: read.some((each) => each.asksForRoutes) };
}

/** @param usualFamily the family of rules for both */
export function readRuleSetWords({ rules, natives }: RuleSet, usualFamily: Family): ReadRuleSet {
  const all = [readIptablesWords(rules), ...natives.map(({ text }) => readNftWords(text))];
  const words = { chains: all.flatMap(({ chains }) => chains), interfaces: [...new Set(all.flatMap(({ interfaces }) => interfaces))] };
  const asksForRoutes = natives.some(({ text }) => /\bfib\b/.test(text)) || rules.some(({ text }) => text.includes('rpfilter'));
  return { words, ways: listWays(words, usualFamily), asksForRoutes };
}
