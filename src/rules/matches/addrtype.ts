import type { Family, RuleOption } from '../../model/rule.js';
import { USUAL_MATCH, type MatchExtension, type ValueParser } from '../extension.js';
import { nameList } from '../values/name-list.js';
import { RuleError } from '../rule-error.js';

/** The types that an address can have in the routing table. For IPv6 the kernel distinguishes fewer types (net/netfilter/xt_addrtype.c). */
const IPV6_TYPES = ['UNSPEC', 'UNICAST', 'LOCAL', 'ANYCAST', 'MULTICAST', 'UNREACHABLE'];
const TYPES = ['UNSPEC', 'UNICAST', 'LOCAL', 'BROADCAST', 'ANYCAST', 'MULTICAST', 'BLACKHOLE', 'UNREACHABLE', 'PROHIBIT', 'THROW'];
const types: Record<Family, ValueParser> = {
  ipv4: nameList('a type of address', TYPES),
  ipv6: nameList('a type of IPv6 address', IPV6_TYPES),
};
const type: ValueParser = (text, family) => types[family](text, family);

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
