import type { Match, Negatable, Rule, RuleOption } from '../../model/rule.js';
import { protocolNumber } from '../values/protocol.js';
import { ALL_FLAGS, ALL_STATES, findFlags, findStates } from './combinations.js';
import { type Field, getIdentity, type Identity } from './fields.js';
import { intersect, invert, type Range, readAddresses, readNumbers } from './ranges.js';

/** A field of a packet that is a number, and its largest value. */
const MOST = {
  protocol: 255n,
  source: (1n << 128n) - 1n,
  destination: (1n << 128n) - 1n,
  sourcePort: 65535n,
  destinationPort: 65535n,
  icmp: 65535n,
  length: 65535n,
} as const;

export type NumberField = keyof typeof MOST;

/** The number fields of options. icmp: the type and the code, as one number. */
const NUMBER_OPTIONS: Record<string, Record<string, NumberField>> = {
  ...Object.fromEntries(['tcp', 'udp', 'sctp', 'dccp'].map((name) => [name, { '--sport': 'sourcePort', '--dport': 'destinationPort' }])),
  multiport: { '--sports': 'sourcePort', '--dports': 'destinationPort' },
  iprange: { '--src-range': 'source', '--dst-range': 'destination' },
  icmp: { '--icmp-type': 'icmp' },
  icmp6: { '--icmpv6-type': 'icmp' },
  length: { '--length': 'length' },
};

/** The matches that look into the header of the transport. They match no later fragment of a packet. */
const OF_HEADER = ['tcp', 'udp', 'sctp', 'dccp', 'multiport', 'icmp', 'icmp6', 'tcpmss', 'esp', 'ah', 'ipcomp', 'mh'];

/** Those that say nothing without options: the rule has their protocol. */
const OF_PROTOCOL = ['tcp', 'udp', 'sctp', 'dccp'];

/** --mark VALUE/MASK */
export interface MarkTest {
  value: number;
  mask: number;
  negated: boolean;
}

/**
 * The packets that match a rule: those that have all these properties. A field that is missing can have any value.
 */
export interface PacketSet {
  numbers: Partial<Record<NumberField, Range[]>>;
  /** The combinations of TCP flags, and of conntrack states, that are in it: a bit for each. */
  flags: bigint;
  states: bigint;
  inInterfaces: Negatable[];
  outInterfaces: Negatable[];
  fragment: boolean | null;
  hasHeader: boolean;
  marks: MarkTest[];
  /** Properties that are compared as they are written. */
  others: Identity[];
}

/** Makes the set of the packets that match a rule. */
export function toPacketSet(rule: Rule): PacketSet {
  const set: PacketSet = {
    numbers: {},
    flags: ALL_FLAGS,
    states: ALL_STATES,
    inInterfaces: rule.inInterface === null ? [] : [rule.inInterface],
    outInterfaces: rule.outInterface === null ? [] : [rule.outInterface],
    fragment: rule.fragment === null ? null : !rule.fragment.negated,
    hasHeader: rule.matches.some(({ name }) => OF_HEADER.includes(name)),
    marks: [],
    others: [],
  };
  if (rule.protocol !== null) {
    narrow(set, 'protocol', readNumbers(protocolNumber(rule.protocol.value)), rule.protocol.negated);
  }
  for (const field of ['source', 'destination'] as const) {
    const address = rule[field];
    const ranges = address === null ? null : readAddresses(address.value);
    if (ranges !== null && address !== null) {
      narrow(set, field, ranges, address.negated);
    } else if (address !== null) {
      set.others.push(getIdentity(field, { flag: field, negated: address.negated, values: [address.value] }));
    }
  }
  for (const match of rule.matches) {
    addMatch(set, match);
  }
  return set;
}

function addMatch(set: PacketSet, { name, options }: Match): void {
  if (name === 'comment') {
    return;
  }
  for (const option of options) {
    const field = NUMBER_OPTIONS[name]?.[option.flag];
    if (field !== undefined) {
      narrow(set, field, readValue(field, option), option.negated);
    } else if (name === 'tcp' && option.flag === '--tcp-flags') {
      set.flags &= invertIf(option.negated, findFlags(option.values), ALL_FLAGS);
    } else if (option.flag === '--ctstate' || option.flag === '--state') {
      set.states &= invertIf(option.negated, findStates(option.values[0] ?? ''), ALL_STATES);
    } else if (name === 'mark' && option.flag === '--mark') {
      const [value = '0', mask = '0xffffffff'] = (option.values[0] ?? '').split('/');
      set.marks.push({ value: Number(value), mask: Number(mask), negated: option.negated });
    } else {
      set.others.push(getIdentity(name, option, options));
    }
  }
  if (options.length === 0 && !OF_PROTOCOL.includes(name)) {
    set.others.push(getIdentity(name, { flag: '', negated: false, values: [] }));
  }
}

function narrow(set: PacketSet, field: NumberField, ranges: Range[], negated: boolean): void {
  const own = negated ? invert(ranges, MOST[field]) : ranges;
  const known = set.numbers[field];
  set.numbers[field] = known === undefined ? own : intersect(known, own);
}

function readValue(field: NumberField, { values: [value = ''] }: RuleOption): Range[] {
  if (field === 'source' || field === 'destination') {
    return readAddresses(value) ?? [];
  }
  return field === 'icmp' ? readIcmp(value) : readNumbers(value);
}

/** TYPE, TYPE/CODE or any. */
function readIcmp(text: string): Range[] {
  if (text === 'any') {
    return [[0n, MOST.icmp]];
  }
  const [type = '', code] = text.split('/');
  const first = BigInt(type) << 8n;
  return code === undefined ? [[first, first + 255n]] : [[first + BigInt(code), first + BigInt(code)]];
}

function invertIf(negated: boolean, found: bigint, all: bigint): bigint {
  return negated ? all & ~found : found;
}

/** Whether no packet is in the set, because its properties exclude each other. */
export function isEmpty({ numbers, flags, states }: PacketSet): boolean {
  return flags === 0n || states === 0n || Object.values(numbers).some((ranges) => ranges.length === 0);
}

/** The fields on which it depends whether a packet is in the set. They must stay the same between two rules that are compared. */
export function listFields({ states, marks, numbers, others }: PacketSet): Set<Field> {
  const fields = new Set<Field>(others.flatMap((other) => other.fields));
  const add = (field: Field, isUsed: boolean) => (isUsed ? fields.add(field) : fields);
  add('tracking', states !== ALL_STATES);
  add('mark', marks.length > 0);
  add('addresses', numbers.source !== undefined || numbers.destination !== undefined);
  return add('options', numbers.length !== undefined);
}
