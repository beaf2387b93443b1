// What rules are to a packet that is sent again, told by their rows and words.
import t from 'tap';
import type { Instability } from '../../../src/model/plan.js';
import { parseRuleText } from '../../../src/rules/language/rule-text.js';
import { canMeet, toFacts } from '../../../src/rules/stability/conditions.js';
import { hasNftMemory } from '../../../src/rules/stability/nft-memory.js';
import { findChangingSets, readNftRetransmissionTraits } from '../../../src/rules/stability/nft-traits.js';
import { getRetransmissionTraits } from '../../../src/rules/stability/rule-traits.js';
import { findInstabilities } from '../../../src/rules/stability/traits.js';

function getInstabilities(...texts: string[]): (Instability | null)[] {
  const entries = texts.map((text) => parseRuleText(text));
  return findInstabilities(entries.flatMap((entry) => ('rules' in entry ? entry.rules.map((rule) => getRetransmissionTraits(rule)) : [])));
}

const getKinds = (...texts: string[]) => getInstabilities(...texts).map((instability) => instability?.kinds.join(' ') ?? '');
const getNftKinds = (...texts: string[]) =>
  findInstabilities(texts.map((text) => readNftRetransmissionTraits(text, new Set(['seen'])))).map(
    (instability) => instability?.kinds.join(' ') ?? '',
  );

/** One rule in both languages has one answer. */
const RULES: [kinds: string, iptables: string, nft: string][] = [
  ['', '-A INPUT -p tcp --dport 80 -j DROP', 'tcp dport 80 drop'],
  ['segment', '-A INPUT -m length --length 60 -j DROP', 'ip length 60 drop'],
  ['segment', '-A INPUT -p tcp --tcp-flags ACK,PSH ACK,PSH -j DROP', 'tcp flags & (psh | ack) == psh | ack drop'],
  ['segment', '-A INPUT -p tcp --tcp-flags FIN,SYN,RST,ACK ACK -j DROP', 'tcp flags & (fin | syn | rst | ack) == ack drop'],
  ['', '-A INPUT -p tcp --syn -j DROP', 'tcp flags & (fin | syn | rst | ack) == syn drop'],
  ['', '-A INPUT -p tcp ! --syn -j DROP', 'tcp flags & (fin | syn | rst | ack) != syn drop'],
  ['', '-A INPUT -p tcp --tcp-flags SYN,ACK SYN,ACK -j DROP', 'tcp flags & (syn | ack) == syn | ack drop'],
  ['', '-A INPUT -p tcp --tcp-flags SYN,RST RST -j DROP', 'tcp flags rst / syn,rst drop'],
  ['', '-A INPUT -m mark --mark 1 -j DROP', 'meta mark 0x00000001 drop'],
  ['', '-A INPUT -m limit --limit 3/minute -j LOG', 'limit rate 3/minute burst 5 packets log prefix "drop"'],
  ['', '-A INPUT -m addrtype --dst-type LOCAL -m comment --comment limit -j DROP', 'fib daddr type local drop comment "limit"'],
  ['', '-t nat -A OUTPUT -p tcp -j DNAT --to-destination 127.0.0.2:80-83', 'meta l4proto tcp dnat ip to 127.0.0.2:80-83'],
  [
    'binding',
    '-t nat -A OUTPUT -p tcp -j DNAT --to-destination 127.0.0.2:80-83 --random',
    'meta l4proto tcp dnat ip to 127.0.0.2:80-83 random',
  ],
  ['binding', '-t nat -A OUTPUT -p tcp -j REDIRECT --to-ports 80-83 --random', 'meta l4proto tcp redirect to :80-83 random'],
  ['binding', '-t nat -A POSTROUTING -j MASQUERADE --random-fully', 'masquerade fully-random'],
  ['flow', '-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT', 'ct state established,related accept'],
  ['flow', '-A INPUT -m conntrack --ctstate DNAT -j ACCEPT', 'ct status dnat accept'],
  ['flow', '-A OUTPUT -m owner --uid-owner 0 -j DROP', 'meta skuid 0 drop'],
  ['moment', '-A INPUT -m conntrack --ctstatus CONFIRMED -j DROP', 'ct status confirmed drop'],
  ['moment', '-A INPUT -m connmark --mark 1 -j DROP', 'ct mark 0x00000001 drop'],
  ['moment', '-A INPUT -m u32 --u32 "2&0x1=1" -j DROP', 'ip id & 1 == 1 drop'],
  ['moment', '-A INPUT -m cpu --cpu 0 -j DROP', 'meta cpu 0 drop'],
  ['moment', '-A INPUT -m time --timestart 08:00 -j DROP', 'meta hour "08:00"-"17:00" drop'],
  ['moment', '-A INPUT -m statistic --mode random --probability .5 -j DROP', 'numgen random mod 2 0 drop'],
  ['memory', '-A INPUT -m statistic --mode nth --every 2 --packet 0 -j DROP', 'numgen inc mod 2 0 drop'],
  ['memory', '-A INPUT -m quota --quota 100 -j DROP', 'quota 100 bytes drop'],
  ['memory', '-A INPUT -p tcp -m connlimit --connlimit-above 3 -j REJECT', 'ct count over 3 reject with icmp port-unreachable'],
  ['memory', '-A INPUT -m recent --rcheck -j DROP', 'ip saddr @seen drop'],
  ['', '-A INPUT -f -s 10.0.12.0/255.0.255.0 -j DROP', 'ip frag-off & 0x1fff != 0 ip saddr & 255.0.255.0 == 10.0.12.0 drop'],
];
/** Rules that only iptables has. */
const ONLY_IPTABLES: [kinds: string, iptables: string][] = [
  ['', 'ip6tables -A INPUT -m ah --ahspi 7 -m hbh -m dst -m rt -m srh -m ipv6header --header prot -j DROP'],
  ['moment', 'ip6tables -A INPUT -m frag --fragid 7 -j DROP'],
  ['', '-A INPUT -m devgroup --src-group 0 -m realm --realm 0 -j DROP'],
  ['flow', '-A INPUT -m cluster --cluster-total-nodes 2 --cluster-local-node 1 --cluster-hash-seed 1 -j DROP'],
  ['moment', '-A INPUT -m connlabel --label 3 -j DROP'],
  ['moment', '-A INPUT -p tcp -m osf --genre Linux -j DROP'],
  ['memory', '-A INPUT -m hashlimit --hashlimit-upto 4kb/s --hashlimit-name a -j DROP'],
  ['memory', '-A INPUT -m hashlimit --hashlimit-upto 4/min --hashlimit-rate-match --hashlimit-name a -j DROP'],
  ['', '-t mangle -A OUTPUT -p tcp -j TCPOPTSTRIP --strip-options mss'],
  ['', '-t mangle -A OUTPUT -j CONNSECMARK --save'],
  ['', 'ip6tables -t mangle -A OUTPUT -j DNPT --src-pfx fd00::/64 --dst-pfx 2001:db8::/64'],
];
for (const [kinds, iptables] of ONLY_IPTABLES) {
  t.test(iptables, async (t) => t.strictSame(getKinds(iptables), [kinds]));
}

t.test('HMARK by the flow counts where a rule asks for the mark', async (t) => {
  const asks = '-A INPUT -m mark --mark 1 -j DROP';
  const mark = (tuple: string) => `-t mangle -A OUTPUT -j HMARK --hmark-tuple ${tuple} --hmark-mod 2 --hmark-rnd 1`;
  t.strictSame([getKinds(mark('src,dst'), asks), getKinds(mark('ct'), asks), getKinds(mark('ct'))], [['', ''], ['flow', ''], ['']]);
});

for (const [kinds, iptables, nft] of RULES) {
  t.test(iptables, async (t) => t.strictSame([getKinds(iptables), getNftKinds(nft)], [[kinds], [kinds]]));
}

const NFT_RULES: [kinds: string, text: string][] = [
  ['', 'ip protocol tcp tcp dport { 22, 80-90 } counter accept'],
  ['', 'ip daddr . tcp dport { 127.0.0.2 . 80 } drop'],
  ['', 'tcp dport vmap { 80 : accept, 81 : jump web }'],
  ['', 'tcp flags syn / fin,syn,rst,ack drop'],
  ['segment', 'tcp option maxseg size 1460 drop'],
  ['segment', 'tcp flags syn drop'],
  ['segment', 'tcp flags fin,psh / fin,psh drop'],
  ['moment', 'tcp flags & (syn | ecn) == syn drop'],
  ['moment', 'ip saddr { 127.0.0.1 limit rate 1/hour burst 1 packets, 127.0.0.8 } drop'],
  ['moment', 'ip saddr { 127.0.0.1 ct count over 1 } drop'],
  ['', 'ip saddr . tcp dport vmap { 127.0.0.1 . 80-90 counter comment "web" : jump web, 127.0.0.2-127.0.0.9 . 81 : drop }'],
  ['moment', 'tcp dport . @nh,47,1 vmap { 80 . 0 : drop }'],
  ['moment', 'ip daddr set @nh,96,32'],
  ['moment', 'tcp dport . an-expression-of-tomorrow vmap { 80 . 0 : drop }'],
  ['', 'jhash ip saddr . tcp sport mod 4 seed 0x5 vmap { 0 : drop, 1-3 : accept }'],
  ['', 'iifname != "lo" ip saddr 10.0.0.0/8 drop'],
  ['', 'meta mark set ct mark'],
  ['moment', 'tcp option timestamp tsval & 1 == 1 drop'],
  ['moment', '@nh,40,8 & 0x1 == 0x1 drop'],
  ['moment', 'ip6 flowlabel 5 drop'],
  ['moment', 'dnat ip to numgen random mod 2 map { 0 : 127.0.0.2, 1 : 127.0.0.3 }'.replace('dnat', 'ip saddr 127.0.0.1 dnat')],
  ['moment', 'an-expression-of-tomorrow 3 drop'],
  ['memory', 'limit name "few" drop'],
  ['memory', 'add @seen { ip saddr timeout 5s } accept'],
  ['memory moment', 'meter m size 65535 { ip saddr limit rate 3/second } drop'],
  [
    'memory flow',
    'ct state new limit rate 3/minute burst 5 packets accept'
      .replace('ct state new limit', 'limit')
      .replace(' accept', ' ct state new accept'),
  ],
];
for (const [kinds, text] of NFT_RULES) {
  t.test(text, async (t) => t.strictSame(getNftKinds(text), [kinds]));
}

t.test('a mark counts where a rule asks for it, a list where another rule reads it', async (t) => {
  const mark = '-A INPUT -m limit --limit 1/minute -j MARK --set-mark 1';
  t.strictSame(getKinds(mark), ['']);
  t.strictSame(getKinds(mark, '-A INPUT -m mark --mark 1 -j DROP'), ['memory', '']);
  t.strictSame(getKinds(mark, '-A INPUT -j CONNMARK --save-mark'), ['', '']);
  t.strictSame(getKinds('-A INPUT -m recent --name a --set', '-A INPUT -m recent --name b --rcheck -j DROP'), ['', 'memory']);
  t.strictSame(getKinds('-A INPUT -m recent --name a --set', '-A INPUT -m recent --name a --rcheck -j DROP'), ['memory', 'memory']);
  t.strictSame(getNftKinds('ct state new meta mark set 1', 'meta mark 1 drop'), ['flow', '']);
});

t.test('what tracks a connection knows which flow a helper expects, where a rule gives it one', async (t) => {
  const expected = '-A OUTPUT -m conntrack --ctstate RELATED -j DROP';
  t.strictSame(getKinds(expected), ['flow']);
  t.strictSame(getKinds('-t raw -A OUTPUT -p tcp --dport 21 -j CT --helper ftp', expected), ['', 'expected']);
  t.strictSame(getKinds('-t raw -A OUTPUT -p tcp --dport 21 -j CT --zone 1', expected), ['', 'flow']);
  t.strictSame(getNftKinds('tcp dport 21 ct helper set "ftp"', 'ct state related drop'), ['', 'expected']);
  t.strictSame(getNftKinds('tcp dport 21 ct expectation set "once"', 'ct helper "ftp" drop'), ['moment', 'expected']);
});

t.test('`! -i lo` excuses where each packet has come by an interface', async (t) => {
  const count = (text: string, isBuiltIn: boolean) => {
    const entry = parseRuleText(text);
    return 'rules' in entry ? entry.rules.flatMap((rule) => getRetransmissionTraits(rule, isBuiltIn).conditions).length : null;
  };
  t.equal(count('-A INPUT ! -i lo -m quota --quota 9 -j DROP', true), 1);
  t.equal(count('-A own ! -i lo -m quota --quota 9 -j DROP', false), 0);
  const countNft = (text: string, hook: 'input' | 'output' | 'postrouting' | 'forward' | null) =>
    readNftRetransmissionTraits(text, new Set(), hook).conditions.length;
  const [from, to] = ['iifname != "lo" quota 9 bytes drop', 'meta oifname != "lo" quota 9 bytes drop'];
  t.strictSame([countNft(from, 'input'), countNft(from, 'forward'), countNft(from, 'output'), countNft(from, null)], [1, 1, 0, 0]);
  t.strictSame([countNft(to, 'input'), countNft(to, 'forward'), countNft(to, 'output'), countNft(to, null)], [0, 1, 1, 0]);
});

t.test('no rule is excused by what others rewrite', async (t) => {
  const getConditions = (...texts: string[]) =>
    findInstabilities(texts.map((text) => readNftRetransmissionTraits(text, new Set()))).flatMap(
      (instability) => instability?.conditions.map(({ of }) => of) ?? [],
    );
  const limited = 'ip daddr 127.0.0.9 tcp dport 81 quota 9 bytes drop';
  t.strictSame(getConditions(limited), ['destination', 'protocol', 'destinationPort']);
  t.strictSame(getConditions(limited, 'tcp dport 80 tcp dport set 81'), ['destination', 'protocol']);
  t.strictSame(getConditions(limited, 'ip daddr set 127.0.0.9'), ['protocol', 'destinationPort']);
  t.strictSame(getConditions(limited, '@th,16,16 set 81 accept'), []);
  t.strictSame(getConditions(limited, 'tcp dport 80 dnat ip to 127.0.0.9:81'), ['destination', 'protocol', 'destinationPort']);
});

t.test('whom a rule can meet: what comes before the first thing that is not stable', async (t) => {
  const packet = {
    family: 'ipv4',
    protocol: 'tcp',
    source: '127.0.0.1',
    destination: '127.0.0.2',
    sourcePort: 40000,
    destinationPort: 80,
  } as const;
  const meets = (text: string) => {
    const [instability] = text.startsWith('-A')
      ? getInstabilities(text)
      : findInstabilities([readNftRetransmissionTraits(text, new Set())]);
    return canMeet(instability?.conditions ?? [], toFacts(packet, 'lo'));
  };
  const meeting = [
    '-A INPUT -p tcp --dport 80 -m quota --quota 9 -j DROP',
    '-A INPUT -p tcp -m multiport --ports 22,80 -m quota --quota 9 -j DROP',
    '-A INPUT -s 127.0.0.0/30 ! -d 127.0.0.3 -i lo -m quota --quota 9 -j DROP',
    '-A INPUT -m quota --quota 9 -p tcp -m tcp --dport 81 -j DROP',
    '-A own ! -i lo -m quota --quota 9 -j DROP',
    '-A own ! -o lo -m quota --quota 9 -j DROP',
    '-A INPUT -m iprange --src-range 127.0.0.0-127.0.0.1 -m quota --quota 9 -j DROP',
    'tcp dport { 22, 80-90 } quota 9 bytes drop',
    'quota 9 bytes tcp dport 81 drop',
    'ip daddr != 127.0.0.3 quota 9 bytes drop',
    'iifname != "lo" quota 9 bytes drop',
    'ip saddr . tcp dport { 127.0.0.9 . 81 } quota 9 bytes drop',
  ];
  const missing = [
    '-A INPUT -p tcp --dport 81 -m quota --quota 9 -j DROP',
    '-A INPUT -p tcp ! --dport 80 -m quota --quota 9 -j DROP',
    '-A INPUT -p udp -m quota --quota 9 -j DROP',
    '-A INPUT -s 127.0.0.4/30 -m quota --quota 9 -j DROP',
    '-A INPUT -i eth+ -m quota --quota 9 -j DROP',
    '-A INPUT -p tcp -m multiport ! --ports 22,80 -m quota --quota 9 -j DROP',
    'tcp dport 81 quota 9 bytes drop',
    'udp dport 80 quota 9 bytes drop',
    'iifname "eth0" quota 9 bytes drop',
    'ip daddr { 127.0.0.3, 127.0.0.8/29 } quota 9 bytes drop',
    'meta l4proto { udp, icmp } quota 9 bytes drop',
  ];
  t.strictSame(
    meeting.map(meets),
    meeting.map(() => true),
  );
  t.strictSame(
    missing.map(meets),
    missing.map(() => false),
  );
});

t.test('sets that change', async (t) => {
  const listing = [
    'table inet x {',
    ...['\tset steady {', '\t\ttype ipv4_addr', '\t\telements = { 127.0.0.77 }', '\t}'],
    ...['\tset seen {', '\t\ttype ipv4_addr', '\t\tflags dynamic', '\t}'],
    ...['\tmap slow {', '\t\ttype ipv4_addr : verdict', '\t\tlimit rate 1/second', '\t}'],
    ...['\tchain c {', '\t\tadd @noted { ip saddr }', '\t}', '}'],
  ].join('\n');
  const names = ['seen', 'slow', 'noted'];
  t.strictSame([...findChangingSets(listing)], names);
  const withHandles = listing.replaceAll(/ \{$/gm, ' { # handle 3');
  t.strictSame([...findChangingSets(withHandles)], names);
});

t.test('a native rule set that may remember, by its words', async (t) => {
  const remembering = [
    'limit rate 3/minute accept',
    'ct count over 3 drop',
    'add @seen { ip saddr }',
    'tcp dport 80 set add ip saddr @seen',
    'set update ip saddr @seen',
    'snat to 127.0.0.9:5000',
    'snat ip to 127.0.0.9-127.0.0.12:5000-5009',
    'snat to [::9]:5000',
    'snat to ip saddr map { 127.0.0.1 : 127.0.0.9 }',
    'masquerade to :5000-5009',
    'type ipv4_addr; flags timeout',
    '80quota',
  ];
  const forgetting = [
    'add rule ip x y drop',
    'ip saddr @bad drop comment "limit"',
    'drop # quota',
    'meta random < 5 drop',
    'ct state new drop',
    'masquerade',
    'snat to 127.0.0.9 ; tcp dport vmap { 80 : accept }',
    'snat ip6 to ::9',
  ];
  t.strictSame(
    remembering.map(hasNftMemory),
    remembering.map(() => true),
  );
  t.strictSame(
    forgetting.map(hasNftMemory),
    forgetting.map(() => false),
  );
});
