import type { Family, Rule, RuleOption } from '../../model/rule.js';
import type { MATCHES } from '../../rules/extensions/match-table.js';

const HEADER = 'an extension header of IPv6';
const IPSEC = 'a packet of IPsec';
/** A probe can go to a broadcast address. */
const TYPES = ['MULTICAST', 'ANYCAST', 'UNREACHABLE', 'PROHIBIT', 'THROW', 'NAT', 'XRESOLVE', 'BLACKHOLE'];

type FindNeed = (options: RuleOption[], family: Family) => string | null;

/**
 * What a match needs of a packet that none of a probe has, where all packets that it matches have it. IPv6 finds neighbours by multicast, has
 * the anycast address of a router, and takes an address without a route for unreachable.
 */
const NEEDS: Partial<Record<string, FindNeed>> = {
  addrtype: (options, family) => (family === 'ipv4' ? findType(options) : null),
  ah: () => IPSEC,
  dccp: () => 'a packet of DCCP',
  dst: () => HEADER,
  esp: () => IPSEC,
  helper: () => 'a connection with a conntrack helper',
  hbh: () => HEADER,
  ipcomp: () => IPSEC,
  mh: () => HEADER,
  pkttype: (options, family) => (family === 'ipv4' && isPlain(options, '--pkt-type', ['multicast']) ? 'a multicast packet' : null),
  policy: (options) => (isPlain(options, '--pol', ['ipsec']) ? IPSEC : null),
  rt: () => HEADER,
  sctp: () => 'a packet of SCTP',
  srh: () => HEADER,
} satisfies Partial<Record<keyof typeof MATCHES, FindNeed>>;

/** What a rule needs of a packet that no probe sends; null if nothing is known. */
export function findNeed({ matches }: Rule, family: Family): string | null {
  return matches.map(({ name, options }) => NEEDS[name]?.(options, family) ?? null).find((need) => need !== null) ?? null;
}

function findType(options: RuleOption[]): string | null {
  const option = options.find(({ flag, negated }) => !negated && (flag === '--dst-type' || flag === '--src-type'));
  const types = option?.values[0]?.split(',') ?? [];
  const side = option?.flag === '--dst-type' ? 'to' : 'from';
  return types.length > 0 && types.every((type) => TYPES.includes(type))
    ? `a packet ${side} an address of the type ${types.join(' or ')}`
    : null;
}

function isPlain(options: RuleOption[], flag: string, values: string[]): boolean {
  return options.some((option) => option.flag === flag && !option.negated && values.includes(option.values[0] ?? ''));
}
