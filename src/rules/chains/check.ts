import type { Entry, Family, Rule } from '../../model/rule.js';
import { getFirstRule } from '../rule/pattern.js';
import { checkLoops, collectJumps, collectOrigins, type EntryProblem } from './jumps.js';
import { checkPlace } from './place.js';
import { ChainRegister, type FamilyEntry } from './register.js';

/**
 * Finds problems that appear only when the entries are taken together. As in iptables, entries are applied in order: in each family, a
 * chain must be made before it is used.
 *
 * @param entries the entries of each rule; null for a rule that could not be read. Problems that may follow from it are not reported.
 * @param nameEntry how a message names another entry
 */
export function checkRuleSet(entries: (Entry[] | null)[], nameEntry = (index: number) => `entry ${index}`): EntryProblem[] {
  const problems = new Map<string, EntryProblem>();
  for (const family of ['ipv4', 'ipv6'] as const) {
    for (const problem of checkFamily(select(entries, family), nameEntry)) {
      problems.set(`${problem.index} ${problem.message}`, problem);
    }
  }
  return [...problems.values()].sort((a, b) => a.index - b.index);
}

function select(entries: (Entry[] | null)[], family: Family): FamilyEntry[] {
  const items: FamilyEntry[] = [];
  for (const [index, list] of entries.entries()) {
    if (list === null) {
      items.push({ index, entry: null });
      continue;
    }
    for (const entry of list) {
      if (entry.family === family) {
        items.push({ index, entry });
      }
    }
  }
  return items;
}

function checkFamily(items: FamilyEntry[], nameEntry: (index: number) => string): EntryProblem[] {
  const register = new ChainRegister(items, nameEntry);
  const problems: EntryProblem[] = [];
  const jumps = collectJumps(items);
  const origins = collectOrigins(jumps);
  // Rules with the same pattern are in the same chain.
  const checked = new Map<Rule, string[]>();
  const checkOnce = (entry: Entry): string[] => {
    const rule = 'rules' in entry ? entry.rules[0] : undefined;
    if (rule === undefined) {
      return [];
    }
    const first = getFirstRule(rule);
    const problems = checked.get(first) ?? checkPlace(entry, origins.get(`${entry.table} ${entry.chain}`) ?? []);
    checked.set(first, problems);
    return problems;
  };
  const note = (index: number, messages: string[]) => {
    for (const message of messages) {
      problems.push({ index, message });
    }
  };
  for (const { index, entry } of items) {
    if (entry === null) {
      register.noteFailure();
    } else {
      note(index, checkOnce(entry));
      note(index, register.add(entry, index));
    }
  }
  return [...problems, ...checkLoops(jumps)];
}
