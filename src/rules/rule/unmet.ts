import type { Family, Rule, RuleOption } from '../../model/rule.js';
import { findOptionOf } from '../extension.js';
import { getMatch } from '../extensions/match-table.js';
import { ANY_ADDRESS } from '../values/addresses.js';
import { isEmptyRange } from '../values/numbers.js';
import { getHeaderMatch } from '../values/protocol.js';
import { askOncePerPattern } from './pattern.js';

/** Finds a condition of a rule that no packet meets, as it is written. null if there is none. iptables accepts such rules. */
export function findUnmet(rule: Rule, family: Family): string | null {
  const { source, destination, inInterface, outInterface, protocol } = rule;
  if (source?.negated === true && source.value === ANY_ADDRESS[family]) {
    return `! -s ${source.value}`;
  }
  if (destination?.negated === true && destination.value === ANY_ADDRESS[family]) {
    return `! -d ${destination.value}`;
  }
  if (inInterface?.value === '+' || outInterface?.value === '+') {
    return inInterface?.value === '+' ? '! -i +' : '! -o +';
  }
  const header = protocol === null || protocol.negated ? null : getHeaderMatch(protocol.value, family);
  return header === null ? findUnmetOption(rule) : `-p ${protocol?.value} (an extension header of IPv6 is matched by -m ${header})`;
}

const findUnmetOption = askOncePerPattern(({ matches }): string | null => {
  for (const { name, options } of matches) {
    const row = getMatch(name);
    const isUnmet = ({ flag, negated, values: [value = ''] }: RuleOption) => {
      const whole = row === null ? undefined : findOptionOf(row, flag)?.whole;
      return whole !== undefined && (negated ? value === whole : isEmptyRange(value));
    };
    const unmet = row?.findUnmet?.(options) ?? options.find(isUnmet);
    if (unmet !== undefined) {
      return `${unmet.negated ? '! ' : ''}${[unmet.flag, ...unmet.values].join(' ')}`;
    }
  }
  return null;
});
