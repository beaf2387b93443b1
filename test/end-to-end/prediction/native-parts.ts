// What nft's expressions and statements ask of packets on lo, and do with them.

export type TableFamily = 'ip' | 'ip6' | 'inet';

const OF_IP = [
  ...['127.0.0.1', '!= 127.0.0.5', '127.0.0.0/30', '127.0.0.1-127.0.0.2', '{ 127.0.0.1, 127.0.0.8/31 }', '@hosts', '!= @hosts'].flatMap(
    (text) => [`ip saddr ${text}`, `ip daddr ${text}`],
  ),
  ...['ip saddr & 255.0.0.3 == 127.0.0.1', 'ip daddr 127.0.0.2', 'ip daddr 127.0.0.9', 'ip saddr 127.0.0.5'],
  ...['ip protocol tcp', 'ip protocol != tcp', 'ip protocol { tcp, udp }', 'ip protocol icmp'],
  ...['ip ttl 64', 'ip ttl < 64', 'ip ttl != 5', 'ip dscp cs1', 'ip dscp != cs1', 'ip ecn not-ect', 'ip version 4', 'ip hdrlength 5'],
  ...['ip length 60', 'ip length < 60', 'ip length 40-100', 'ip length > 1000', '@nh,72,8 6', '@nh,0,4 4'],
  ...['icmp type echo-request', 'icmp type { echo-reply, destination-unreachable }', 'icmp code 0', 'icmp code port-unreachable'],
  ...[
    'ip saddr . tcp dport { 127.0.0.1 . 80, 127.0.0.0/24 . 82 }',
    'ip daddr . ip saddr . tcp dport @triples',
    'ip saddr . udp dport @pairs',
  ],
  ...['ct original ip daddr 127.0.0.2', 'ct reply ip saddr 127.0.0.9', 'fib daddr type local', 'fib saddr type != { local, unicast }'],
  ...['fib daddr type broadcast'],
];
const OF_IP6 = [
  ...['::1', '!= ::1', '::/64', '{ ::1, fe80::/10 }', '@hosts6', 'fe80::/10'].flatMap((text) => [`ip6 saddr ${text}`, `ip6 daddr ${text}`]),
  ...['ip6 nexthdr tcp', 'ip6 nexthdr { udp, ipv6-icmp }', 'ip6 hoplimit 64', 'ip6 hoplimit > 64', 'ip6 version 6', 'ip6 dscp 0'],
  ...['ip6 length 40', 'ip6 length > 100', '@nh,0,4 6', 'exthdr frag missing', 'exthdr hbh exists', 'fib daddr type local'],
  ...['icmpv6 type echo-request', 'icmpv6 type { destination-unreachable, echo-reply }', 'icmpv6 code 4'],
  ...['ip6 saddr . tcp dport { ::1 . 80-81 }', 'ct original ip6 daddr ::1'],
];
const OF_ALL = [
  ...['80', '82', '80-81', '!= 80', '!= 80-81', '{ 80, 82 }', '@ports', '>= 82', '< 82', '& 1 == 1'].map((text) => `tcp dport ${text}`),
  ...[
    'tcp sport 80',
    'tcp sport >= 1024',
    'tcp sport 32768-60999',
    'udp dport 53',
    'udp dport { 53, 54 }',
    'udp sport 53',
    'udp length < 20',
  ],
  ...['syn', 'syn,ack', '& (fin | syn | rst | ack) == syn', '!= syn', '== syn', '! rst', '{ syn, syn | ack, ack }', '& psh == psh'].map(
    (text) => `tcp flags ${text}`,
  ),
  ...[
    'tcp option maxseg exists',
    'tcp option sack-perm missing',
    'tcp option maxseg size > 1000',
    'tcp option timestamp exists',
    'tcp doff 10',
  ],
  ...['meta l4proto tcp', 'meta l4proto { tcp, udp } th dport 53-80', 'meta l4proto != tcp', '@th,16,16 80'],
  ...[
    'meta protocol ip6',
    'meta length < 61',
    'meta length 1000-65535',
    'meta mark 0',
    'meta mark 1',
    'meta mark != 1',
    'meta mark & 2 == 2',
  ],
  ...['meta mark { 1, 3 }', 'iifname "lo"', 'iifname != "lo"', 'oifname "lo"', 'iif lo', 'oif != lo', 'iifname "l*"', 'iiftype loopback'],
  ...[
    'oifname { "lo", "eth0" }',
    'meta pkttype host',
    'meta skuid != 0',
    'meta skuid 0',
    'meta skgid { 0, 65534 }',
    'iifname . tcp dport { "lo" . 80 }',
  ],
  ...['new', 'established', 'established,related', 'related', 'invalid', 'untracked', '!= established', '! new', '{ new, related }'].map(
    (text) => `ct state ${text}`,
  ),
  ...[
    'ct state & (established | new) == established',
    'ct direction reply',
    'ct direction original',
    'ct mark 0',
    'ct mark 1',
    'ct mark & 1 == 1',
  ],
  ...[
    'ct status dnat',
    'ct status seen-reply',
    'ct status confirmed',
    'ct status ! assured',
    'ct status & (dnat | snat) != 0',
    'ct zone 0',
  ],
  ...[
    'meta l4proto tcp ct original proto-dst 80',
    'meta l4proto tcp ct reply proto-src 80-81',
    'ct protocol tcp',
    'ct original packets > 1',
    'ct packets < 3',
    'ct bytes > 100',
  ],
  ...['meta l4proto . th dport { tcp . 80, udp . 53 }', 'ct helper "ftp"'],
];
/** What they remember is known in a fresh world only. */
export const REMEMBERING = [
  ...[
    'limit rate 1/day burst 2 packets',
    'limit rate over 1/day burst 1 packets',
    'limit name "few"',
    'quota over 100 bytes',
    'quota 150 bytes',
  ],
  ...['quota name "little"', 'ct count over 0', 'ct count over 1', 'ct count 1', 'numgen inc mod 2 0'],
];
export const STATEMENTS = [
  ...[
    'counter',
    'log prefix "x"',
    'meta mark set 1',
    'meta mark set meta mark | 2',
    'meta mark set ct mark',
    'ct mark set 1',
    'ct mark set meta mark',
  ],
  ...[
    'meta mark set tcp dport map { 80 : 1, 81-82 : 2 }',
    'ct mark set ct mark ^ 1',
    'meta mark set tcp dport map @marks',
    'meta priority set 1:2',
  ],
  ...['tcp option maxseg size set 1000', 'notrack', 'ct zone set 1', 'meta mark set meta mark & 0xfffffffe'],
];
export const OF_FAMILY: Record<TableFamily, { matches: string[]; statements: string[]; rejects: string[] }> = {
  ip: {
    matches: [...OF_IP, ...OF_ALL],
    statements: ['ip ttl set 5', 'ip dscp set cs1'],
    rejects: ['with icmp port-unreachable', 'with icmp host-unreachable', 'with icmp admin-prohibited', 'with icmp net-unreachable'],
  },
  ip6: {
    matches: [...OF_IP6, ...OF_ALL],
    statements: ['ip6 hoplimit set 5', 'ip6 dscp set cs1'],
    rejects: ['with icmpv6 no-route', 'with icmpv6 port-unreachable', 'with icmpv6 admin-prohibited'],
  },
  inet: {
    matches: [...OF_IP, ...OF_IP6, ...OF_ALL, ...OF_ALL],
    statements: ['ip ttl set 5', 'ip6 hoplimit set 5'],
    rejects: ['with icmpx host-unreachable', 'with icmpx admin-prohibited', 'with icmp net-prohibited', 'with icmpv6 no-route'],
  },
};
export const ENDS = [
  ...['drop', 'drop', 'drop', 'accept', 'accept', 'accept', 'return', 'continue', 'jump sub', 'jump sub', 'goto sub', 'reject', 'reject'],
  ...['meta l4proto tcp reject with tcp reset', 'tcp dport vmap { 80 : accept, 81 : drop, 82-90 : jump sub }', 'tcp dport vmap @fates'],
  ...[
    'ct state vmap { invalid : drop, established : accept, related : accept, new : jump sub }',
    'meta l4proto vmap { tcp : goto sub, icmp : drop }',
  ],
];
