// What an ipset (ipset(8)) holds, and whether it holds what a packet has. The kernel's code is in net/netfilter/ipset.
import type { Family, Ipset } from '../../model/rule.js';
import { getNetwork, readAddressRange } from '../../rules/values/address-range.js';
import { type Answer, type Unknown, unknown } from './answer.js';

/** Texts of equal form from the first to the last: digits of addresses, ports, names. */
export type Span = readonly [first: string, last: string];

interface Element {
  parts: Span[];
  /** The lengths of its prefixes. */
  lengths: number[];
  /** Whether what it holds is not in the set. */
  isException: boolean;
  /** Whether it disappears after some time. */
  isTimed: boolean;
  /** Whether the name of its interface is the beginning of others. */
  isWildcard: boolean;
}

/** What a packet has for a part of an element. null: nothing, so that no element holds it. */
export type Value = Span | null | Unknown;

/** A set, ready to be asked. */
export interface ReadIpset {
  name: string;
  /** What its elements are made of: ip, net, port, mac, iface, mark or set. */
  parts: string[];
  isBitmap: boolean;
  /** null: its elements have no addresses, or those of both families. */
  family: Family | null;
  dimension: number;
  markmask: number;
  /** From the longest prefixes to the shortest. */
  elements: Element[];
  /** Of a list of sets: the names of its members, in order. */
  members: string[];
  /** Whether rules change it. */
  isWritten: boolean;
}

export function readIpset({ name, type, family, dimension, options, elements }: Ipset, isWritten: boolean): ReadIpset {
  const [kind = '', types = ''] = type.split(':');
  const parts = types.split(',');
  const netmask = getNumber(options, 'netmask');
  const read = elements.map((element): Element => {
    const texts = element.value.split(',');
    return {
      parts: texts.map((text, place) => readPart(parts[place] ?? '', text, netmask)),
      lengths: texts.flatMap((text, place) => (parts[place] === 'net' ? [getLength(text)] : [])),
      isException: element.options.includes('nomatch'),
      isTimed: (getNumber(element.options, 'timeout') ?? getNumber(options, 'timeout') ?? 0) > 0,
      isWildcard: element.options.includes('wildcard'),
    };
  });
  read.sort((a, b) => compareLengths(b.lengths, a.lengths));
  return {
    ...{ name, parts, isBitmap: kind === 'bitmap', family, dimension, isWritten, elements: read },
    markmask: getNumber(options, 'markmask') ?? 0xffffffff,
    members: kind === 'list' ? elements.map(({ value }) => value) : [],
  };
}

function getNumber(options: string[], name: string): number | null {
  const place = options.indexOf(name);
  return place === -1 ? null : Number(options[place + 1]);
}

function readPart(type: string, text: string, netmask: number | null): Span {
  switch (type) {
    case 'ip':
    case 'net': {
      const [first, last] = readAddressRange(text) ?? ['', ''];
      return netmask === null ? [first, last] : [getNetwork(first, netmask)[0], getNetwork(last, netmask)[1]];
    }
    case 'port': {
      const [, protocol = '', first = '', last = first] = /^(?:(\d+):)?(\d+(?:\/\d+)?)(?:-(\d+))?$/.exec(text) ?? [];
      return [toService(protocol, first), toService(protocol, last)];
    }
    default:
      return [text, text];
  }
}

function getLength(network: string): number {
  const [, length = network.includes(':') ? '128' : '32'] = network.split('/');
  return Number(length);
}

/** A port with its protocol, as text that compares. A type and code of ICMP, TYPE/CODE, take the place of a port. */
export function toService(protocol: string, port: string): string {
  const [high, low] = port.split('/').map(Number);
  return `${protocol} ${String(low === undefined ? high : (high ?? 0) * 256 + low).padStart(5, '0')}`;
}

/**
 * Whether the set holds these values: exception, if the element that the kernel finds is one. The kernel looks for networks from the longest
 * prefix to the shortest, and the first one that it finds decides (ip_set_hash_gen.h, mtype_test_cidrs).
 */
export function find({ parts, elements }: ReadIpset, values: Value[]): Answer | 'exception' {
  if (values.includes(null)) {
    return false;
  }
  const hasInterface = parts.includes('iface');
  let lengths: number[] | null = null;
  for (const element of elements) {
    // The kernel looks for a shorter prefix only where no element has the longer one, whatever the interface (hash:net,iface).
    if (lengths !== null && compareLengths(lengths, element.lengths) !== 0) {
      break;
    }
    const answers = element.parts.map((part, place) => isWithin(part, values[place], element.isWildcard && parts[place] === 'iface'));
    if (hasInterface && answers[0] === true) {
      lengths = element.lengths;
    }
    if (answers.includes(false)) {
      continue;
    }
    const doubt = answers.find((answer) => answer !== true);
    if (doubt !== undefined) {
      return doubt;
    }
    return element.isTimed ? unknown('an element of an ipset with a timeout') : element.isException ? 'exception' : true;
  }
  return false;
}

function isWithin([first, last]: Span, value: Value | undefined, isWildcard: boolean): Answer {
  if (value === undefined || value === null) {
    return false;
  }
  if ('unknown' in value) {
    return value;
  }
  if (isWildcard) {
    return value[0].startsWith(first);
  }
  if (first.length !== value[0].length || value[1] < first || last < value[0]) {
    return false;
  }
  return (first <= value[0] && value[1] <= last) || unknown('a port that is chosen by the kernel');
}

function compareLengths(one: number[], other: number[]): number {
  const place = one.findIndex((length, at) => length !== other[at]);
  return (one[place] ?? 0) - (other[place] ?? 0);
}
