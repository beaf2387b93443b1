import type { Family, RuleOption } from '../../../model/rule.js';
import { RuleError } from '../../errors.js';
import { type MatchExtension, type PlainParser, USUAL_MATCH, type ValueParser } from '../../extension.js';
import { isReversed, paddedAddressRange } from '../../values/addresses.js';
import { anyCaseChoice, interfaceName, nameList } from '../../values/names.js';

/** The types that an address can have in the routing table. For IPv6 the kernel distinguishes fewer types (net/netfilter/xt_addrtype.c). */
const IPV6_TYPES = ['UNSPEC', 'UNICAST', 'LOCAL', 'ANYCAST', 'MULTICAST', 'UNREACHABLE'];
const TYPES = ['UNSPEC', 'UNICAST', 'LOCAL', 'BROADCAST', 'ANYCAST', 'MULTICAST', 'BLACKHOLE', 'UNREACHABLE', 'PROHIBIT', 'THROW'];
const types: Record<Family, PlainParser> = {
  ipv4: nameList('a type of address', TYPES),
  ipv6: nameList('a type of IPv6 address', IPV6_TYPES),
};
const type: ValueParser = (text, family) => types[family](text);

function has(options: RuleOption[], flag: string): boolean {
  return options.some((option) => option.flag === flag);
}

/** iptables-extensions(8), addrtype. */
export const addrtype: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'packet',
  least: 1,
  most: 3,
  alternatives: [['--limit-iface-in', '--limit-iface-out']],
  options: [
    { flag: '--src-type', values: [type], negatable: true },
    { flag: '--dst-type', values: [type], negatable: true },
    { flag: '--limit-iface-in', values: [], negatable: false },
    { flag: '--limit-iface-out', values: [], negatable: false },
  ],
  assertFits(options) {
    if (!has(options, '--src-type') && !has(options, '--dst-type')) {
      throw new RuleError('addrtype needs --src-type or --dst-type');
    }
  },
  place(options) {
    if (has(options, '--limit-iface-in')) {
      return { chains: ['PREROUTING', 'INPUT', 'FORWARD'] };
    }
    return has(options, '--limit-iface-out') ? { chains: ['FORWARD', 'OUTPUT', 'POSTROUTING'] } : {};
  },
};

/** iptables-extensions(8), iprange. */
export const iprange: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'packet',
  least: 1,
  most: 2,
  options: [
    { flag: '--src-range', values: [paddedAddressRange], negatable: true, comparedField: 'source' },
    { flag: '--dst-range', values: [paddedAddressRange], negatable: true, comparedField: 'destination' },
  ],
  findUnmet: (options) => options.find(({ negated, values }) => !negated && isReversed(values[0] ?? '')),
};

function macAddress(text: string): string {
  if (/^[\da-f]{2}(:[\da-f]{2}){5}$/i.test(text)) {
    return text.toLowerCase();
  }
  throw new RuleError(`"${text}" is not a MAC address: write XX:XX:XX:XX:XX:XX`);
}

/** iptables-extensions(8), mac. */
export const mac: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'packet',
  least: 1,
  most: 1,
  place: { chains: ['PREROUTING', 'INPUT', 'FORWARD'] },
  options: [{ flag: '--mac-source', values: [macAddress], negatable: true }],
};

/** iptables-extensions(8), pkttype. */
export const pkttype: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'packet',
  least: 1,
  most: 1,
  options: [{ flag: '--pkt-type', values: [anyCaseChoice('a type of packet', ['unicast', 'broadcast', 'multicast'])], negatable: true }],
};

/** The name of a bridge port. "+" alone is refused, because it matches every port. */
function port(text: string): string {
  const name = interfaceName(text);
  if (name === '+') {
    throw new RuleError('+ alone says nothing: use --physdev-is-in or --physdev-is-out');
  }
  return name;
}

/**
 * iptables-extensions(8), physdev. In OUTPUT a packet has no bridge port to leave by yet. There the kernel takes --physdev-out and
 * --physdev-is-out only beside --physdev-is-bridged, which no packet of OUTPUT meets.
 */
export const physdev: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'packet',
  least: 1,
  most: 5,
  options: [
    { flag: '--physdev-in', values: [port], negatable: true },
    { flag: '--physdev-is-in', values: [], negatable: true },
    { flag: '--physdev-out', values: [port], negatable: true },
    { flag: '--physdev-is-out', values: [], negatable: true },
    { flag: '--physdev-is-bridged', values: [], negatable: true },
  ],
  place(options) {
    const isBridged = options.some(({ flag, negated }) => flag === '--physdev-is-bridged' && !negated);
    return options.some(({ flag }) => flag.endsWith('out')) && !isBridged
      ? { chains: ['PREROUTING', 'INPUT', 'FORWARD', 'POSTROUTING'] }
      : {};
  },
};

/** iptables-extensions(8), rpfilter. */
export const rpfilter: MatchExtension = {
  ...USUAL_MATCH,
  stability: (options) => (options.some(({ flag }) => flag === '--validmark') ? 'mark' : 'packet'),
  least: 0,
  most: 4,
  place: { tables: ['raw', 'mangle'], chains: ['PREROUTING'] },
  options: ['--loose', '--validmark', '--accept-local', '--invert'].map((flag) => ({ flag, values: [], negatable: false })),
};
