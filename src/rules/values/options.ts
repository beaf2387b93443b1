import type { RuleOption } from '../../model/rule.js';
import { RuleError } from '../errors.js';
import type { OptionRow, RuleContext } from '../extension.js';

const LAST = 65535;

/**
 * The port options that the matches of protocols share.
 *
 * @param values how the match reads a range of ports
 */
export function portOptions(values: Pick<OptionRow, 'values' | 'whole'>): OptionRow[] {
  return [
    { flag: '--sport', aliases: ['--source-port'], ...values, negatable: true, comparedField: 'sourcePort' },
    { flag: '--dport', aliases: ['--destination-port'], ...values, negatable: true, comparedField: 'destinationPort' },
  ];
}

/**
 * Makes a function that adds each default option that was not given.
 *
 * @param defaults the one value of each option, by flag
 */
export function withDefaults(defaults: Record<string, string>): (options: RuleOption[]) => RuleOption[] {
  const all = Object.entries(defaults).map(([flag, value]) => ({ flag, negated: false, values: [value] }));
  return (options) => [...options, ...all.filter(({ flag }) => options.every((option) => option.flag !== flag))];
}

/** Makes a function that drops an option with its default value. */
export function unlessDefault(value: string): (option: RuleOption) => RuleOption | null {
  return (option) => (option.values[0] === value && !option.negated ? null : option);
}

/** Drops a range from 0 to `most`, which matches everything. iptables-save drops it too. */
export function unlessAll(most: number): (option: RuleOption) => RuleOption | null {
  return (option) => (option.values[0] === `0:${most}` ? dropMatchAll(option) : option);
}

/**
 * Drops an option that matches everything. iptables would lose its negation, and a rule that never matches would match everything.
 *
 * @throws RuleError if the option is negated
 */
export function dropMatchAll({ flag, negated, values }: RuleOption): null {
  if (negated) {
    throw new RuleError(`! ${flag} ${values.join(' ')} would never match`);
  }
  return null;
}

/**
 * Writes a range of ports of tcp and udp as iptables-save does. All ports match everything, so the option is dropped. iptables-nft writes a
 * negated range at either end as the remaining range: `! :99` as `100:`.
 */
export function simplifyPorts(option: RuleOption): RuleOption | null {
  const [from = 0, to = from] = (option.values[0] ?? '').split(':').map(Number);
  if (from === 0 && to === LAST) {
    return dropMatchAll(option);
  }
  if (!option.negated || from >= to || (from > 0 && to < LAST)) {
    return option;
  }
  const [first, last] = from === 0 ? [to + 1, LAST] : [0, from - 1];
  return { ...option, negated: false, values: [first === last ? String(first) : `${first}:${last}`] };
}

/** The protocols whose packets NAT may give a port. iptables takes ICMP, too, and does not see a ! before -p. */
const NAT_PROTOCOLS = ['tcp', 'udp', 'sctp', '33', 'icmp'];

/** @throws RuleError if a target has ports, but the rule names no protocol with ports */
export function assertHasPorts({ flag, values }: RuleOption, { protocol }: RuleContext): void {
  if (protocol === null || !NAT_PROTOCOLS.includes(protocol.value)) {
    throw new RuleError(`${flag} ${values.join(' ')} has a port: it needs -p tcp, udp, sctp or dccp`);
  }
}
