import type { Fault } from '../model/fault.js';
import type { FamilyRules, IptablesRuleSet } from '../model/plan.js';
import type { Family } from '../model/rule.js';
import { layOutChains } from '../rules/lay-out-chains.js';
import { parseRuleText } from '../rules/parse-rule-text.js';
import { printRestore } from '../rules/print-restore.js';

/** A RST refuses a client at once, however it connects; an ICMP error would keep a blocking one, or one on IPv6, for a second. */
const RULES = {
  refused: ({ address, port }) => `-A INPUT -d ${address} -p tcp --dport ${port} -j REJECT --reject-with tcp-reset`,
} satisfies Record<Fault['kind'], (fault: Fault) => string>;

/** The rule set that puts a program under faults. Nothing is traced: nobody asks what becomes of the program's packets. */
export function makeFaultRuleSet(faults: Fault[]): IptablesRuleSet {
  const rules = faults.map((fault, index) => {
    const text = RULES[fault.kind](fault);
    return { index, text, entries: [parseRuleText(text)] };
  });
  const families = [...new Set(rules.flatMap(({ entries }) => entries.map((entry) => entry.family)))];
  return { kind: 'iptables', backend: 'nft', families: families.map((family) => makeFamilyRules(rules, family)) };
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
