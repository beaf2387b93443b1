import type { RuleOption } from '../model/rule.js';
import type { OptionRow } from './extension.js';
import { RuleError } from './rule-error.js';
import { portRange } from './values/port-range.js';

const LAST = 65535;

/** All ports say nothing. iptables-nft writes a negated range that begins or ends the ports as what is left of them: ! :99 as 100: . */
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

/** iptables loses the negation of an option that says nothing, so that a rule which never matches would match everything. */
export function dropUnlessNegated({ flag, negated, values }: RuleOption): null {
  if (negated) {
    throw new RuleError(`! ${flag} ${values.join(' ')} would never match`);
  }
  return null;
}

/** A range of everything says nothing, and iptables-save drops it. */
export function unlessAll(most: number): (option: RuleOption) => RuleOption | null {
  return (option) => (option.values[0] === `0:${most}` ? dropUnlessNegated(option) : option);
}

/** The ports of the matches of a protocol. */
export const PORT_OPTIONS: OptionRow[] = [
  { flag: '--sport', aliases: ['--source-port'], values: [portRange], negatable: true, asks: 'sourcePort', simplify: simplifyPorts },
  {
    flag: '--dport',
    aliases: ['--destination-port'],
    values: [portRange],
    negatable: true,
    asks: 'destinationPort',
    simplify: simplifyPorts,
  },
];
