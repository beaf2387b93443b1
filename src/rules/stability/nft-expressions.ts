// The stability of nft's expressions and statements, in the same terms as the rows of iptables (nft(8)). The words are those of `nft list
// ruleset`.
import type { Condition } from '../../model/plan.js';
import type { Effect, Stability } from '../extension.js';

/** A value of a packet that a rule compares, maps or sets. */
export interface NftField {
  stability: Stability;
  /** The field of the packet, if a comparison with it alone can show that a rule does not match. */
  comparedField?: Condition['of'];
}

/** A statement: what a rule does with a packet. */
export interface NftStatementRow {
  stability: Stability;
  effect: Effect;
  /** Words that may follow it and do not change its stability. */
  words?: RegExp;
  /** A value or field follows: after the word `to`, or always. */
  operand?: 'to' | 'always';
}

const PORTS = {
  sport: { stability: 'packet', comparedField: 'sourcePort' },
  dport: { stability: 'packet', comparedField: 'destinationPort' },
} satisfies Record<string, NftField>;
const ADDRESSES = {
  saddr: { stability: 'packet', comparedField: 'source' },
  daddr: { stability: 'packet', comparedField: 'destination' },
} satisfies Record<string, NftField>;
const INTERFACE: NftField = { stability: 'packet', comparedField: 'interface' };
const PROTOCOL: NftField = { stability: 'packet', comparedField: 'protocol' };
const SEGMENT: NftField = { stability: 'segment' };

/** Fields, by subject. A field without a row counts as 'moment': in doubt, a client waits. */
export const NFT_FIELDS: Record<string, Record<string, NftField>> = {
  ip: {
    ...ADDRESSES,
    protocol: PROTOCOL,
    ...fields('packet', 'version hdrlength dscp frag-off ttl'),
    length: SEGMENT,
    // A retransmission has a new identification, and never an ECN-capable codepoint (RFC 3168, 6.1.5).
    ...fields('moment', 'id checksum ecn'),
  },
  // A client that gets no answer tries another flow label (sk_rethink_txhash).
  ip6: { ...ADDRESSES, ...fields('packet', 'version dscp nexthdr hoplimit'), length: SEGMENT, ...fields('moment', 'flowlabel ecn') },
  tcp: { ...PORTS, ...fields('segment', 'sequence doff flags urgptr'), ...fields('moment', 'ackseq window checksum') },
  udp: { ...PORTS, ...fields('packet', 'length'), ...fields('moment', 'checksum') },
  udplite: PORTS,
  sctp: PORTS,
  dccp: { ...PORTS, ...fields('packet', 'type') },
  th: PORTS,
  icmp: fields('packet', 'type code mtu gateway'),
  icmpv6: fields('packet', 'type code mtu'),
  ah: fields('packet', 'spi'),
  esp: fields('packet', 'spi'),
  ether: fields('packet', 'saddr daddr type'),
  'tcp option': fields('segment', 'maxseg window sack-perm nop eol'),
  meta: {
    l4proto: PROTOCOL,
    ...{ iif: INTERFACE, iifname: INTERFACE, oif: INTERFACE, oifname: INTERFACE },
    length: SEGMENT,
    ...fields('packet', 'nfproto protocol iiftype iifgroup oiftype oifgroup pkttype rtclassid priority'),
    mark: { stability: 'mark' },
    ...fields('flow', 'skuid skgid cgroup'),
    ...fields('moment', 'cpu random time hour day'),
  },
  ct: {
    ...fields('expected', 'state direction status helper l3proto protocol proto-src proto-dst saddr daddr zone'),
    ...fields('moment', 'expiration bytes packets avgpkt mark label'),
    count: { stability: 'memory' },
  },
  socket: fields('flow', 'transparent wildcard mark'),
  numgen: { ...fields('memory', 'inc'), ...fields('moment', 'random') },
  rt: fields('packet', 'classid nexthop mtu'),
};

/** Fields that are written without a subject. */
export const NFT_BARE_FIELDS: Record<string, NftField> = {
  ...{ iif: INTERFACE, iifname: INTERFACE, oif: INTERFACE, oifname: INTERFACE },
  // symhash is computed from addresses and ports, which a retransmission shares.
  ...fields('packet', 'symhash iiftype iifgroup oiftype oifgroup'),
};

/** Values of the conntrack status that can change between the first packet and its retransmission, before any answer. */
export const CHANGING_STATUS = ['confirmed', 'expected', 'dying'];

const VERDICT = { stability: 'packet', effect: 'fate' } as const;
const SILENT = { stability: 'packet', effect: 'none' } as const;
const NAT = { effect: 'fate', words: /^(?:ip6?|to)$/, operand: 'to' } as const;
const NOTES = { stability: 'memory', effect: 'none', operand: 'always' } as const;

export const NFT_STATEMENTS: Record<string, NftStatementRow> = {
  accept: VERDICT,
  drop: VERDICT,
  return: VERDICT,
  notrack: VERDICT,
  jump: { ...VERDICT, operand: 'always' },
  goto: { ...VERDICT, operand: 'always' },
  reject: { ...VERDICT, words: /^(?:with|tcp|reset|type|icmp|icmpv6|icmpx|[a-z]+-[a-z-]+|\d+)$/ },
  dnat: { ...NAT, stability: 'packet' },
  redirect: { ...NAT, stability: 'packet' },
  // As with the targets of iptables, the kernel draws a port if the client's port is taken, or if the rule asks for a random port.
  snat: { ...NAT, stability: 'binding' },
  masquerade: { ...NAT, stability: 'binding' },
  random: { stability: 'binding', effect: 'none' },
  'fully-random': { stability: 'binding', effect: 'none' },
  persistent: SILENT,
  continue: SILENT,
  comment: SILENT,
  counter: { ...SILENT, words: /^(?:name|packets|bytes|\d+)$/ },
  log: {
    ...SILENT,
    words:
      /^(?:prefix|level|group|snaplen|queue-threshold|flags|emerg|alert|crit|err|warn|notice|info|debug|all|skuid|ether|ip|options|tcp|sequence|\d+)$/,
  },
  // A hash of the fields that follow. The kernel draws the seed when the rule is added.
  jhash: SILENT,
  limit: { stability: 'memory', effect: 'none', words: /^(?:name|rate|over|until|burst|packets|[km]?bytes(?:\/\w+)?|\d+(?:\/\w+)?)$/ },
  quota: { stability: 'memory', effect: 'none', words: /^(?:name|over|until|used|[kmg]?bytes|\d+)$/ },
  add: NOTES,
  update: NOTES,
  delete: NOTES,
  meter: { ...NOTES, words: /^[^{].*/ },
};

/** The effect of a rule that sets this field. `ct mark` reads the mark that a rule has left in the flow, and counts as 'moment' itself. */
export const NFT_SET_EFFECTS: Record<string, Effect> = { 'meta mark': 'mark', 'ct mark': 'none' };

/** The numbers of the protocols that are also names of headers. */
export const NFT_PROTOCOL_NUMBERS: Record<string, string> = {
  tcp: '6',
  udp: '17',
  udplite: '136',
  sctp: '132',
  dccp: '33',
  icmp: '1',
  icmpv6: '58',
  'ipv6-icmp': '58',
};

function fields(stability: Stability, names: string): Record<string, NftField> {
  return Object.fromEntries(names.split(' ').map((name) => [name, { stability }]));
}
