import type { RuleOption } from '../model/rule.js';
import type { OptionRow } from './extension.js';
import { RuleError } from './rule-error.js';
import { portRange } from './values/port-range.js';

const LAST = 65535;

/**
 * Writes a range of ports as iptables-save does. All ports match everything, so the option is dropped. iptables-nft writes a negated range
 * at either end as the remaining range: `! :99` as `100:`.
 */
function simplifyPorts(option: RuleOption): RuleOption | null {
  const [from = 0, to = from] = (option.values[0] ?? '').split(':').map(Number);
  if (from === 0 && to === LAST) {
    return dropUnlessNegated(option);
  }
  if (!option.negated || from === to || (from > 0 && to < LAST)) {
    return option;
  }
  const [first, last] = from === 0 ? [to + 1, LAST] : [0, from - 1];
  return { ...option, negated: false, values: [first === last ? String(first) : `${first}:${last}`] };
}

/**
 * Drops an option that matches everything. iptables would lose its negation, and a rule that never matches would match everything.
 *
 * @throws RuleError if the option is negated
 */
export function dropUnlessNegated({ flag, negated, values }: RuleOption): null {
  if (negated) {
    throw new RuleError(`! ${flag} ${values.join(' ')} would never match`);
  }
  return null;
}

/** Drops a range from 0 to `most`, which matches everything. iptables-save drops it too. */
export function unlessAll(most: number): (option: RuleOption) => RuleOption | null {
  return (option) => (option.values[0] === `0:${most}` ? dropUnlessNegated(option) : option);
}

/** The port options that the matches of protocols share. */
export const PORT_OPTIONS: OptionRow[] = [
  {
    flag: '--sport',
    aliases: ['--source-port'],
    values: [portRange],
    negatable: true,
    comparedField: 'sourcePort',
    simplify: simplifyPorts,
  },
  {
    flag: '--dport',
    aliases: ['--destination-port'],
    values: [portRange],
    negatable: true,
    comparedField: 'destinationPort',
    simplify: simplifyPorts,
  },
];
