/**
 * The kind of value that a word is at its place:
 * - own: a name that the rule set defines, an interface, or a name that nft itself knows
 * - unknown: loopfw does not know the kind
 * - all others: nft looks up a name of this kind on the machine
 */
export type NftKind =
  'own' | 'unknown' | 'address' | 'service' | 'protocol' | 'user' | 'group' | 'mark' | 'realm' | 'devgroup' | 'label' | 'raw';

type Kinds = Record<string, NftKind>;

const PORTS: Kinds = { sport: 'service', dport: 'service' };
const ADDRESSES: Kinds = { saddr: 'address', daddr: 'address' };
const NEXT: Kinds = {
  nexthdr: 'protocol',
  ...own('hdrlength reserved reserved2 frag-off more-fragments id type seg-left tag flags checksum'),
};

/** The keys of `meta` that can also be written without `meta`. */
export const BARE_META: Kinds = {
  ...own('iif iifname iiftype oif oifname oiftype pkttype cpu cgroup time day hour ibrname obrname ibriport obriport'),
  mark: 'mark',
  skuid: 'user',
  skgid: 'group',
  iifgroup: 'devgroup',
  oifgroup: 'devgroup',
  rtclassid: 'realm',
};

/** The kinds of fields, by header and field. The kind of a field that is not listed is unknown. */
export const FIELDS: Record<string, Kinds> = {
  ip: { ...ADDRESSES, protocol: 'protocol', ...own('version hdrlength dscp ecn length id frag-off ttl checksum') },
  ip6: { ...ADDRESSES, nexthdr: 'protocol', ...own('version dscp ecn flowlabel length hoplimit') },
  tcp: { ...PORTS, ...own('sequence ackseq doff reserved flags window checksum urgptr') },
  udp: { ...PORTS, ...own('length checksum') },
  udplite: { ...PORTS, ...own('length csumcov checksum') },
  sctp: { ...PORTS, ...own('vtag checksum') },
  dccp: { ...PORTS, ...own('type') },
  th: PORTS,
  arp: own('htype ptype hlen plen operation'),
  icmp: { gateway: 'address', ...own('type code checksum id sequence mtu') },
  icmpv6: { taddr: 'address', daddr: 'address', ...own('type code checksum id sequence parameter-problem packet-too-big max-delay mtu') },
  igmp: { group: 'address', ...own('type checksum mrt') },
  ah: { ...NEXT, ...own('spi sequence') },
  esp: own('spi sequence'),
  comp: { ...NEXT, ...own('cpi') },
  hbh: NEXT,
  dst: NEXT,
  frag: NEXT,
  mh: NEXT,
  rt0: { addr: 'address' },
  rt2: { addr: 'address' },
  srh: { sid: 'address', ...own('flags tag') },
  ether: own('saddr daddr type'),
  vlan: own('id dei cfi pcp type'),
  rt: { ...NEXT, classid: 'realm', nexthop: 'address', ...own('mtu ipsec') },
  socket: { mark: 'mark', ...own('transparent wildcard') },
  meta: { ...BARE_META, l4proto: 'protocol', ...own('protocol nfproto priority length random ipsec iifkind oifkind sdif sdifname') },
  ct: {
    ...ADDRESSES,
    protocol: 'protocol',
    mark: 'mark',
    label: 'label',
    'proto-src': 'service',
    'proto-dst': 'service',
    ...own('state direction status expiration helper l3proto zone id bytes packets avgpkt event timeout expectation'),
  },
};

/** The kinds of the values of a set, by the name of the set's type. */
export const DATA_TYPES: Kinds = {
  ipv4_addr: 'address',
  ipv6_addr: 'address',
  inet_service: 'service',
  inet_proto: 'protocol',
  uid: 'user',
  gid: 'group',
  mark: 'mark',
  realm: 'realm',
  devgroup: 'devgroup',
  ct_label: 'label',
  ...own('ether_addr ether_type ifname iface_index iface_type ct_state ct_status ct_dir ct_event nf_proto icmp_type icmpv6_type icmp_code'),
  ...own('icmpv6_code icmpx_code tcp_flag dscp ecn pkt_type day hour time boolean fib_addrtype mh_type igmp_type classid dccp_pkttype'),
  ...own('arp_op counter quota limit ifkind cgroupsv2'),
};

function own(names: string): Kinds {
  return Object.fromEntries(names.split(' ').map((name) => [name, 'own']));
}
