import type { Rule } from '../model/rule.js';
import { findOptionOf } from './find-option.js';
import { getMatch } from './match-table.js';

/** Whether what the rule does to a packet depends on time, rate, history or chance; then a drop cannot be proved early. */
export function isHistoryDependent(rule: Rule): boolean {
  return rule.matches.some(({ name, options }) => {
    const row = getMatch(name);
    if (row === null) {
      return true;
    }
    return row.dependsOnHistory === true || options.some(({ flag }) => findOptionOf(row, flag)?.dependsOnHistory === true);
  });
}
