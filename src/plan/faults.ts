import type { FamilyRules, IptablesRuleSet } from '../model/plan.js';
import type { Fault } from '../model/program.js';
import type { Family } from '../model/rule.js';
import { layOutChains } from '../rules/chains/layout.js';
import { parseRuleText } from '../rules/language/rule-text.js';
import { printRestore } from '../rules/save/print-restore.js';
import { FAULTS } from './fault-table.js';

/** The rule set for a program under faults. It has no trace rules, because nobody reads what happens to the program's packets. */
export function makeFaultRuleSet(faults: Fault[]): IptablesRuleSet {
  const rules = faults.map((fault, index) => {
    const text = FAULTS[fault.kind].makeRule(fault);
    return { index, text, entries: [parseRuleText(text)] };
  });
  const families = [...new Set(rules.flatMap(({ entries }) => entries.map((entry) => entry.family)))];
  return { kind: 'iptables', backend: 'nft', families: families.map((family) => makeFamilyRules(rules, family)), isObserved: false };
}

function makeFamilyRules(rules: Parameters<typeof layOutChains>[0], family: Family): FamilyRules {
  const entries = rules.flatMap((rule) => rule.entries).filter((entry) => entry.family === family);
  return {
    family,
    restore: printRestore(entries, family, []),
    isPlain: false,
    chains: layOutChains(rules, family, []),
  };
}
