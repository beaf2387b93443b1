import type { ScenarioRule } from '../../../model/scenario.js';
import { findUnmet } from '../../../rules/rule/unmet.js';
import { findHostBits } from '../../../rules/language/host-bits.js';
import { type Finder, listRuleSets } from './finder.js';

/** Finds the rules that no packet meets, whatever the packet is. */
export const findUnmetRules: Finder = warnAbout(({ entries }) => {
  for (const entry of entries) {
    for (const rule of 'rules' in entry ? entry.rules : []) {
      const unmet = findUnmet(rule, entry.family);
      if (unmet !== null) {
        return `this rule never matches: no packet meets ${unmet}`;
      }
    }
  }
  return null;
});

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
function warnAbout(describe: (rule: ScenarioRule) => string | null): Finder {
  return (scenario, locate) =>
    listRuleSets(scenario).flatMap(({ phase, rules }) =>
      rules.flatMap((rule) => {
        const message = describe(rule);
        return message === null ? [] : [{ ...locate({ phase, rule }), message }];
      }),
    );
}
