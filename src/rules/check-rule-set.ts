import type { Entry } from '../model/rule.js';
import { checkLoops } from './check-loops.js';
import { checkPlace } from './check-place.js';
import { ChainRegister } from './chain-register.js';

export interface RuleSetProblem {
  index: number;
  message: string;
}

/**
 * Finds what is wrong with the entries only when they are taken together, in iptables' own terms: entries are obeyed in order, so
 * a chain must be made before it is used. null stands for an entry that has failed already; what may follow from that is not reported.
 */
export function checkRuleSet(entries: (Entry | null)[]): RuleSetProblem[] {
  const register = new ChainRegister(entries);
  const problems: RuleSetProblem[] = [];
  entries.forEach((entry, index) => {
    const messages = entry === null ? register.noteFailure() : [...checkPlace(entry), ...register.add(entry, index)];
    for (const message of new Set(messages)) {
      problems.push({ index, message });
    }
  });
  return [...problems, ...checkLoops(entries)].sort((a, b) => a.index - b.index);
}
