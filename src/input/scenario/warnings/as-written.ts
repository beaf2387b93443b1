import type { Ipset, Rule } from '../../../model/rule.js';
import type { ScenarioRule } from '../../../model/scenario.js';
import { findUnmet } from '../../../rules/rule/unmet.js';
import { findHostBits } from '../../../rules/language/host-bits.js';
import { type Finder, listRuleSets, type WarnedScenario } from './finder.js';

/** Finds the rules that no packet meets, whatever the packet is. */
export const findUnmetRules: Finder = warnAbout(({ entries }, { ipsets }) => {
  for (const entry of entries) {
    for (const rule of 'rules' in entry ? entry.rules : []) {
      const unmet = findUnmet(rule, entry.family) ?? findShortLookUp(rule, ipsets);
      if (unmet !== null) {
        return `this rule never matches: no packet meets ${unmet}`;
      }
    }
  }
  return null;
});

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

/** Finds the rules of files whose target TRACE was left out. */
export const findLeftTraces: Finder = warnAbout(({ text, line }) =>
  line !== null && /(?:^|\s)(?:-j|--jump)\s+TRACE(?:\s|$)/.test(text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""'))
    ? 'TRACE is left out of this rule, because loopfw places its own: the rule only counts packets'
    : null,
);

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
