import type { Entry, Rule } from '../model/rule.js';
import { getTarget } from './target-table.js';

/** A packet has no input interface yet, or no output interface yet, in these chains: iptables refuses -i or -o there. */
const WITHOUT_INPUT = ['OUTPUT', 'POSTROUTING'];
const WITHOUT_OUTPUT = ['PREROUTING', 'INPUT'];

/** What iptables or the kernel refuses in a rule because of the table or chain where it stands. */
export function checkPlace(entry: Entry): string[] {
  if (entry.kind !== 'append' && entry.kind !== 'insert') {
    return [];
  }
  const [rule] = entry.rules;
  return rule === undefined ? [] : [...checkInterfaces(entry.chain, rule), ...checkTable(entry, rule)];
}

function checkInterfaces(chain: string, rule: Rule): string[] {
  const problems: string[] = [];
  if (rule.inInterface !== null && WITHOUT_INPUT.includes(chain)) {
    problems.push(`-i cannot be used in ${chain}: use -o`);
  }
  if (rule.outInterface !== null && WITHOUT_OUTPUT.includes(chain)) {
    problems.push(`-o cannot be used in ${chain}: use -i`);
  }
  return problems;
}

function checkTable({ table }: Entry, { target }: Rule): string[] {
  const tables = getTarget(target?.name ?? '')?.tables;
  if (target === null || tables === undefined || tables.includes(table)) {
    return [];
  }
  const names = tables.length === 1 ? `table ${tables[0]}` : `tables ${tables.toReversed().join(', ')}`;
  return [`${target.name} cannot be used in table ${table}, only in ${names}`];
}
