// Random native rule sets that the probes of a test really meet: tables of ip, ip6 and inet, chains at every hook, and what nft's expressions
// ask of packets on lo.
import fc from 'fast-check';

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
const REMEMBERING = [
  ...[
    'limit rate 1/day burst 2 packets',
    'limit rate over 1/day burst 1 packets',
    'limit name "few"',
    'quota over 100 bytes',
    'quota 150 bytes',
  ],
  ...['quota name "little"', 'ct count over 0', 'ct count over 1', 'ct count 1', 'numgen inc mod 2 0'],
];
const STATEMENTS = [
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
const OF_FAMILY: Record<TableFamily, { matches: string[]; statements: string[]; rejects: string[] }> = {
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
const ENDS = [
  ...['drop', 'drop', 'drop', 'accept', 'accept', 'accept', 'return', 'continue', 'jump sub', 'jump sub', 'goto sub', 'reject', 'reject'],
  ...['meta l4proto tcp reject with tcp reset', 'tcp dport vmap { 80 : accept, 81 : drop, 82-90 : jump sub }', 'tcp dport vmap @fates'],
  ...[
    'ct state vmap { invalid : drop, established : accept, related : accept, new : jump sub }',
    'meta l4proto vmap { tcp : goto sub, icmp : drop }',
  ],
];

/** dnat and redirect. */
const TO: Record<TableFamily, string[]> = {
  ip: [
    ...[
      'dnat to 127.0.0.2',
      'tcp dport 82 dnat to 127.0.0.2:80',
      'tcp dport 80-82 dnat to 127.0.0.2:80-81',
      'tcp dport 82 redirect to :80',
    ],
    ...[
      'redirect',
      'udp dport 54 redirect to :53',
      'dnat to tcp dport map { 80 : 127.0.0.9, 82 : 127.0.0.2 }',
      'tcp dport 80 redirect to :82',
    ],
    ...['dnat to ip daddr . tcp dport map { 127.0.0.9 . 80 : 127.0.0.2 . 81 }', 'ip daddr 127.0.0.9 dnat to 127.0.0.2'],
  ],
  ip6: ['tcp dport 82 dnat to [::1]:80', 'tcp dport 82 redirect to :81', 'redirect', 'udp dport 54 redirect to :53'],
  inet: [
    ...[
      'dnat ip to 127.0.0.2',
      'tcp dport 82 dnat ip6 to [::1]:80',
      'tcp dport 82 redirect to :80',
      'redirect',
      'tcp dport 80 redirect to :82',
    ],
    ...['tcp dport 82 redirect to :tcp dport map { 82 : 81 }', 'tcp dport 82 dnat ip to 127.0.0.2:80'],
  ],
};
/** snat and masquerade. */
const FROM: Record<TableFamily, string[]> = {
  ip: ['snat to 127.0.0.5', 'masquerade', 'meta l4proto tcp snat to 127.0.0.1:5000-5000', 'ip saddr 127.0.0.5 snat to 127.0.0.1', 'accept'],
  ip6: ['masquerade', 'snat to ::1', 'tcp dport 80 snat to [::1]:5000', 'accept'],
  inet: ['snat ip to 127.0.0.5', 'masquerade', 'tcp dport 80 snat ip to 127.0.0.1:5000', 'accept'],
};

/** The base chains: those with the same name are in one rule set at most once. */
const CHAINS = {
  input: 'type filter hook input priority filter; policy accept;',
  strict: 'type filter hook input priority 10; policy drop;',
  early: 'type filter hook input priority -300; policy accept;',
  output: 'type filter hook output priority filter; policy accept;',
  route: 'type route hook output priority mangle; policy accept;',
  raw: 'type filter hook output priority raw; policy accept;',
  before: 'type filter hook prerouting priority raw; policy accept;',
  middle: 'type filter hook prerouting priority mangle; policy accept;',
  after: 'type filter hook postrouting priority mangle; policy accept;',
};
const NAT_CHAINS = {
  to: ['type nat hook output priority -100;', 'type nat hook output priority -150;', 'type nat hook prerouting priority dstnat;'],
  from: ['type nat hook postrouting priority srcnat;', 'type nat hook postrouting priority 0;'],
  here: ['type nat hook input priority srcnat;'],
};

const SETS: Record<string, string> = {
  ports: 'set ports { type inet_service; flags interval; elements = { 80, 82-90 }; }',
  hosts: 'set hosts { type ipv4_addr; flags interval; elements = { 127.0.0.1, 127.0.0.8/31 }; }',
  hosts6: 'set hosts6 { type ipv6_addr; elements = { ::1 }; }',
  pairs: 'set pairs { type ipv4_addr . inet_service; elements = { 127.0.0.1 . 53 }; }',
  triples: 'set triples { type ipv4_addr . ipv4_addr . inet_service; flags interval; elements = { 127.0.0.2 . 127.0.0.0/30 . 80-81 }; }',
  marks: 'map marks { type inet_service : mark; elements = { 80 : 1, 82 : 3 }; }',
  fates: 'map fates { type inet_service : verdict; elements = { 80 : accept, 81 : drop, 82 : jump sub }; }',
  seen: 'set seen { type ipv4_addr; flags dynamic; size 100; }',
};
const OBJECTS: Record<string, string> = { few: 'limit few { rate 1/day burst 3 packets }', little: 'quota little { over 200 bytes }' };

const PROTOCOL = /\b(?:tcp|udp|icmp|icmpv6|th|l4proto|protocol|nexthdr)\b|@[nt]h/;
const IP = /\b(?:ip|icmp)\b/;
const IP6 = /\b(?:ip6|icmpv6|exthdr)\b/;

/** Two parts of one rule that nft would call a contradiction: another protocol or family. */
function isPossible(parts: string[]): boolean {
  return (
    parts.filter((part) => PROTOCOL.test(part)).length < 2 && !(parts.some((part) => IP.test(part)) && parts.some((part) => IP6.test(part)))
  );
}

function makeRule(family: TableFamily, remembers: boolean): fc.Arbitrary<string> {
  const { matches, statements, rejects } = OF_FAMILY[family];
  const seen = family === 'ip6' ? [] : ['add @seen { ip saddr }', 'ip saddr @seen'];
  const all = remembers ? [...matches, ...Array.from({ length: 8 }, () => [...REMEMBERING, ...seen]).flat()] : matches;
  const ends = [...ENDS, ...rejects.map((answer) => `reject ${answer}`)];
  return fc
    .record({
      parts: fc.array(fc.constantFrom(...all), { minLength: 1, maxLength: 3 }),
      statement: fc.option(fc.constantFrom(...STATEMENTS, ...statements), { freq: 3 }),
      end: fc.constantFrom(...ends),
      isStatement: fc.boolean(),
    })
    .map(({ parts, statement, end, isStatement }) => {
      const own: string[] = [];
      for (const part of [...parts, ...(statement === null ? [] : [statement])]) {
        if (isPossible([...own, part])) {
          own.push(part);
        }
      }
      const last =
        statement !== null && (isStatement || /set (?:ct|meta) mark$/.test(statement)) ? '' : isPossible([...own, end]) ? end : 'drop';
      return [...own, last].join(' ').trim();
    });
}

export interface NativeRules {
  family: TableFamily;
  text: string;
  /** Whether rules remember packets. */
  remembers: boolean;
}

/** Rules with `notrack` or a zone are only asked of packets that connection tracking has not seen yet. */
export function makeNativeRules(family: TableFamily, remembers: boolean): fc.Arbitrary<NativeRules> {
  const rules = fc.array(makeRule(family, remembers), { minLength: 1, maxLength: 4 });
  return fc
    .record({
      chains: fc.uniqueArray(fc.constantFrom(...(Object.keys(CHAINS) as (keyof typeof CHAINS)[])), { minLength: 1, maxLength: 3 }),
      rules: fc.tuple(rules, rules, rules),
      sub: rules,
      to: fc.option(fc.tuple(fc.constantFrom(...NAT_CHAINS.to), fc.constantFrom(...TO[family])), { freq: 2 }),
      from: fc.option(fc.tuple(fc.constantFrom(...NAT_CHAINS.from), fc.constantFrom(...FROM[family])), { freq: 1 }),
    })
    .map(({ chains, rules, sub, to, from }) => {
      const isAfter = chains.includes('after');
      const print = (name: string, head: string, lines: string[]) =>
        [`chain ${name} {`, ...[head, ...lines].filter((line) => line !== '').map((line) => `  ${line}`), '}'].join('\n');
      const clean = (lines: string[], isLast: boolean) =>
        lines.map((line) => {
          const own = isLast ? line.replace(/(?:jump|goto) sub/g, 'drop').replace('vmap @fates', 'vmap { 80 : drop }') : line;
          // The kernel has no REJECT after routing out.
          return isAfter ? own.replace(/(?:meta l4proto tcp )?reject.*$/, 'drop') : own;
        });
      const body = [
        print('sub', '', clean(sub, true)),
        ...chains.map((name, place) => print(name, CHAINS[name], clean(rules[place] ?? [], false))),
        ...(to === null ? [] : [print('to', to[0], [to[1]])]),
        ...(from === null ? [] : [print('from', from[0], [from[1]])]),
      ];
      const text = body.join('\n');
      const sets = Object.entries(SETS).flatMap(([name, set]) =>
        text.includes(`@${name}`) && new RegExp(`@${name}\\b`).test(text) ? [set] : [],
      );
      const objects = Object.entries(OBJECTS).flatMap(([name, object]) => (text.includes(`"${name}"`) ? [object] : []));
      return { family, remembers, text: [`table ${family} live {`, ...sets, ...objects, text, '}', ''].join('\n') };
    });
}
