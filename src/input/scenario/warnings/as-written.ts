import type { Entry, Ipset, Rule } from '../../../model/rule.js';
import type { ScenarioRule } from '../../../model/scenario.js';
import { findUnmet } from '../../../rules/rule/unmet.js';
import { findHostBits } from '../../../rules/language/host-bits.js';
import { matchesAllPackets } from '../../../rules/rule/traits.js';
import { listMemories } from '../../../rules/stability/rule-traits.js';
import { nameRule } from '../../../words/rule-name.js';
import { type Finder, listRuleSets, type WarnedScenario } from './finder.js';

/** Finds the rules that no packet meets, whatever the packet is. */
export const findUnmetRules: Finder = warnAbout((rule, { ipsets }) => {
  const unmet = findUnmetIn(rule) ?? findFirst(rule, (each) => findShortLookUp(each, ipsets));
  return unmet === null || isRange(unmet)
    ? null
    : `${nameScenarioRule(rule)} never matches: no packet meets ${unmet}; correct the condition`;
});

/** Finds the rules with a range that begins with its end. */
export const findEmptyRanges: Finder = warnAbout((rule) => {
  const unmet = findUnmetIn(rule);
  return unmet === null || !isRange(unmet)
    ? null
    : `${nameScenarioRule(rule)} never matches: the range of ${unmet} is empty, because it begins with its end; write the smaller end first`;
});

function findUnmetIn(rule: ScenarioRule): string | null {
  return findFirst(rule, findUnmet);
}

function findFirst({ entries }: ScenarioRule, find: (rule: Rule, family: Entry['family']) => string | null): string | null {
  for (const entry of entries) {
    for (const rule of 'rules' in entry ? entry.rules : []) {
      const found = find(rule, entry.family);
      if (found !== null) {
        return found;
      }
    }
  }
  return null;
}

/** Of the conditions that no packet meets, the options without a negation are ranges. */
function isRange(unmet: string): boolean {
  return unmet.startsWith('--') && !unmet.startsWith('--match-set');
}

/** Finds a look-up with fewer of src and dst than the elements of its ipset have parts. The kernel then finds none of them. */
function findShortLookUp({ matches }: Rule, ipsets: Ipset[]): string | null {
  for (const { flag, negated, values } of matches.filter(({ name }) => name === 'set').flatMap(({ options }) => options)) {
    const [name = '', directions = ''] = values;
    const set = ipsets.find((one) => one.name === name);
    if (flag === '--match-set' && !negated && set !== undefined && directions.split(',').length < set.dimension) {
      return `${flag} ${name} ${directions} (${set.type} needs ${set.dimension} of src and dst)`;
    }
  }
  return null;
}

/** Finds the addresses of rule strings that have bits below their prefix. Saved files have worked with them. */
export const findHostBitRules: Finder = warnAbout(({ text, line, entries: [entry] }) => {
  const found = line === null && entry !== undefined ? findHostBits(text, entry.family) : null;
  return found === null ? null : `${found.written} has bits below its prefix: iptables reads it as ${found.read}`;
});

const TRACE = /(?:^|\s)(?:-j|--jump)\s+TRACE(?:\s|$)/;

/** Finds the rules of files whose target TRACE was left out. */
export const findLeftTraces: Finder = warnAbout(({ text, line }) =>
  line !== null && TRACE.test(text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""'))
    ? 'TRACE is left out of this rule, because loopfw places its own: the rule only counts packets'
    : null,
);

/** Finds the rules without a target, where they do nothing else either. A chain that only counts has no rule with a target. */
export const findRulesWithoutTarget: Finder = (scenario, locate) =>
  listRuleSets(scenario).flatMap(({ phase, rules }) => {
    const deciding = new Set(rules.flatMap(({ entries }) => entries.filter(hasTarget).map(getChainKey)));
    const found = rules.filter(
      ({ text, entries }) => !TRACE.test(text) && entries.some((entry) => onlyCounts(entry) && deciding.has(getChainKey(entry))),
    );
    return found.map((rule) => ({
      ...locate({ phase, rule }),
      message: `${nameScenarioRule(rule)} has no target, so it only counts packets: add -j ACCEPT, -j DROP or another target`,
    }));
  });

function getChainKey({ family, table, chain }: Entry): string {
  return `${family} ${table} ${chain}`;
}

function hasTarget(entry: Entry): boolean {
  return 'rules' in entry && entry.rules.some(({ target }) => target !== null);
}

/** Whether an entry has conditions, no target, and no match that notes something. */
function onlyCounts(entry: Entry): boolean {
  return (
    'rules' in entry &&
    entry.rules.some((rule) => rule.target === null && !matchesAllPackets(rule) && !listMemories(rule, '', new Set()).length)
  );
}

/** The name of a rule in messages. Only a policy, or the declaration of a chain, has no index. */
export function nameScenarioRule(rule: ScenarioRule): string {
  return nameRule({ ...rule, index: rule.index ?? 0 });
}

/** Makes a finder that asks about each rule by itself. */
function warnAbout(describe: (rule: ScenarioRule, scenario: WarnedScenario) => string | null): Finder {
  return (scenario, locate) =>
    listRuleSets(scenario).flatMap(({ phase, rules }) =>
      rules.flatMap((rule) => {
        const message = describe(rule, scenario);
        return message === null ? [] : [{ ...locate({ phase, rule }), message }];
      }),
    );
}
