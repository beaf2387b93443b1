import t from 'tap';
import { parseRuleText } from '../../src/rules/parse-rule-text.js';
import { printEntry } from '../../src/rules/print-entry.js';
import { RuleError } from '../../src/rules/rule-error.js';

t.test('a rule as a value', async (t) => {
  t.strictSame(parseRuleText('sudo /usr/sbin/iptables -I INPUT 2 ! -s 127.0.0.5 -p tcp --dport 8000 -j REJECT'), {
    kind: 'insert',
    family: 'ipv4',
    table: 'filter',
    chain: 'INPUT',
    position: 2,
    rules: [
      {
        source: { negated: true, value: '127.0.0.5/32' },
        destination: null,
        inInterface: null,
        outInterface: null,
        protocol: { negated: false, value: 'tcp' },
        matches: [{ name: 'tcp', options: [{ flag: '--dport', negated: false, values: ['8000'] }] }],
        target: { how: 'jump', name: 'REJECT', options: [{ flag: '--reject-with', negated: false, values: ['icmp-port-unreachable'] }] },
      },
    ],
  });
});

/** What is written, and its canonical form. */
const CANONICAL: [string, string][] = [
  ['-A INPUT', '-A INPUT'],
  ['iptables -t filter -w 5 -A INPUT -j DROP', '-A INPUT -j DROP'],
  ['iptables-nft --wait --append INPUT --jump DROP -4', '-A INPUT -j DROP'],
  ['-A OUTPUT -j ACCEPT -t nat', '-t nat -A OUTPUT -j ACCEPT'],
  ['-I INPUT -j DROP', '-I INPUT -j DROP'],
  ['--insert INPUT 1 -j DROP', '-I INPUT -j DROP'],
  ['--policy INPUT DROP', '-P INPUT DROP'],
  ['--new-chain web', '-N web'],
  ['-A INPUT --source 127.0.0.1 --destination 127.0.0.0/255.0.0.0', '-A INPUT -s 127.0.0.1/32 -d 127.0.0.0/8'],
  ['-A INPUT -s 0.0.0.0/0 -i +', '-A INPUT'],
  ['-A INPUT -s 127.0.0.1,127.0.0.2 -d 127.0.0.3,0.0.0.0/0', '-A INPUT -s 127.0.0.1/32,127.0.0.2/32 -d 127.0.0.3/32,0.0.0.0/0'],
  ['-A INPUT -s 127.0.0.1,127.0.0.1', '-A INPUT -s 127.0.0.1/32,127.0.0.1/32'],
  ['-A INPUT -p 6', '-A INPUT -p tcp'],
  ['-A INPUT -p UDP', '-A INPUT -p udp'],
  ['-A INPUT -p ospf', '-A INPUT -p 89'],
  ['-A INPUT -p mobility-header', '-A INPUT -p mh'],
  ['-A INPUT -p icmpv6', '-A INPUT -p ipv6-icmp'],
  ['-A INPUT -p all', '-A INPUT'],
  ['-A INPUT -p tcp --destination-port=80:80 --source-port 1024:', '-A INPUT -p tcp -m tcp --sport 1024:65535 --dport 80'],
  ['-A INPUT -p tcp --dport 0:65535', '-A INPUT -p tcp -m tcp'],
  ['-A INPUT -p tcp ! --dport :99 ! --sport 99:', '-A INPUT -p tcp -m tcp --sport 0:98 --dport 100:65535'],
  ['-A INPUT -p tcp ! --dport 1:', '-A INPUT -p tcp -m tcp --dport 0'],
  ['-A INPUT -p tcp ! --syn', '-A INPUT -p tcp -m tcp ! --tcp-flags FIN,SYN,RST,ACK SYN'],
  ['-A INPUT -p tcp --tcp-flags all ack,syn', '-A INPUT -p tcp -m tcp --tcp-flags FIN,SYN,RST,PSH,ACK,URG SYN,ACK'],
  ['-A INPUT -m tcp --dport 80 -p tcp', '-A INPUT -p tcp -m tcp --dport 80'],
  [
    '-A INPUT -p tcp -m tcp --dport 80 -m state --state new -m tcp --syn',
    '-A INPUT -p tcp -m tcp --dport 80 --tcp-flags FIN,SYN,RST,ACK SYN -m state --state NEW',
  ],
  ['-A INPUT -p udp -m multiport --destination-ports 53,80:80,5000:5010', '-A INPUT -p udp -m multiport --dports 53,80,5000:5010'],
  [
    '-A INPUT -m conntrack --ctdir reply --ctstate established,RELATED',
    '-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED --ctdir REPLY',
  ],
  ['-A INPUT -m conntrack --ctproto tcp --ctorigsrc 127.0.0.1', '-A INPUT -m conntrack --ctproto 6 --ctorigsrc 127.0.0.1/32'],
  [
    '-A INPUT -m iprange --dst-range 127.0.0.1 --src-range 127.0.0.1-127.0.0.9',
    '-A INPUT -m iprange --src-range 127.0.0.1-127.0.0.9 --dst-range 127.0.0.1-127.0.0.1',
  ],
  ['-A INPUT -j REJECT --reject-with host-prohib', '-A INPUT -j REJECT --reject-with icmp-host-prohibited'],
  ['-A INPUT -p tcp -j REJECT --reject-with tcp-rst', '-A INPUT -p tcp -j REJECT --reject-with tcp-reset'],
  ['-A INPUT -j DROP -p tcp --dport 80', '-A INPUT -p tcp -m tcp --dport 80 -j DROP'],
  ['-A INPUT -g web', '-A INPUT -g web'],
  [String.raw`-A INPUT -m comment --comment it\'s\ "a \"b\" c"`, String.raw`-A INPUT -m comment --comment "it's a \"b\" c"`],
  [`-A INPUT -m comment --comment '$HOME "x"'`, `-A INPUT -m comment --comment '$HOME "x"'`],
  ['-A INPUT -m comment --comment -j', '-A INPUT -m comment --comment -j'],
];

t.test('canonical form', async (t) => {
  for (const [text, canonical] of CANONICAL) {
    t.equal(printEntry(parseRuleText(text)), canonical, text);
    t.strictSame(parseRuleText(canonical), parseRuleText(text), canonical);
  }
});

/** What is refused, and what the reason must say. */
const REFUSED: [string, RegExp][] = [
  ['', /empty/],
  ['sudo iptables', /empty/],
  ['rm -rf x', /begins with an option/],
  ['-j DROP', /no command/],
  ['-A', /-A needs a value/],
  ['-A INPUT -A INPUT', /one command/],
  ['-A INPUT -s', /-s needs a value/],
  ['-A INPUT stray', /stray argument "stray"/],
  ['-A INPUT !', /! needs a value/],
  ['-A INPUT ! -j DROP', /cannot be negated/],
  ['-A INPUT -p ! tcp', /put the ! before -p/],
  ['-A INPUT -m conntrack --ctstate ! NEW', /put the ! before --ctstate/],
  ['-A INPUT -j DROP; reboot', /unquoted ;.*not a shell command/],
  ['-A INPUT -s $IP', /unquoted \$/],
  ['-A INPUT -m comment --comment "$(id)"', /\$ inside/],
  ["-A INPUT -m comment --comment 'x", /unclosed '/],
  ['-A INPUT \\', /backslash/],
  ['-A INPUT\n-A OUTPUT', /U\+000A/],
  ['-A INPUT -j DROP\0', /U\+0000/],
  ['-A INPUT -m comment --comment \ud800', /U\+D800/],
  ['-D INPUT 1', /-D is refused.*leave the rule out/],
  ['--flush', /leave the rule out/],
  ['-A INPUT --modprobe=/x', /runs a program/],
  ['-A INPUT -M /x', /runs a program/],
  ['-A INPUT --mod=/x', /runs a program/],
  ['-A INPUT --jum DROP', /--jum is short for --jump/],
  ['-A INPUT --pro tcp', /--pro is short for --protocol or --proto/],
  ['-A INPUT -m conntrack --ctsta NEW', /--ctsta is short for --ctstate or --ctstatus/],
  ['-A INPUT -p tcp -m multiport --dport 80', /--dport is short for --dports.*-m tcp before/],
  ['-A INPUT -ptcp', /"-p tcp" with a space/],
  ['-A INPUT --source=127.0.0.1', /"--source 127.0.0.1" with a space/],
  ['-t nta -A OUTPUT', /did you mean "nat"/],
  ['-t nat -t nat -A OUTPUT', /given twice/],
  ['-A INPUT -s 127.0.0.5/8', /127.0.0.5\/8 has bits below its prefix: write 127.0.0.0\/8 \(or 127.0.0.5\)/],
  ['-A INPUT -s localhost', /numeric/],
  ['-A INPUT -s 127.1', /all four numbers/],
  ['-A INPUT -s 127.0.0.010', /leading zeros/],
  ['-A INPUT -s 127.0.0.1/33', /prefix length/],
  ['-A INPUT -s 127.0.0.0/255.0.255.0', /contiguous/],
  ['-A INPUT -s 127.0.0.1,', /not an address/],
  ['-A INPUT ! -s 0.0.0.0/0', /never match/],
  ['-A INPUT ! -s 127.0.0.1,127.0.0.2', /list/],
  ['-A INPUT ! -s 127.0.0.1 -d 127.0.0.2,127.0.0.3', /list/],
  ['-A INPUT -i eth0:1', /alias/],
  ['-A INPUT -i abcdefghijklmnop', /longer than 15/],
  ['-A INPUT ! -i +', /never match/],
  ['-A INPUT -p tpc', /did you mean "tcp"/],
  ['-A INPUT -p 256', /not a protocol/],
  ['-A INPUT ! -p all', /never match/],
  ['-A INPUT -p tcp --dport http', /a decimal number from 0 to 65535/],
  ['-A INPUT -p tcp --dport 80-90', /written 80:90/],
  ['-A INPUT -p tcp --dport 90:80', /empty/],
  ['-A INPUT -p tcp --dport 80 --dport 81', /--dport is given twice/],
  ['-A INPUT -p tcp -m tcp --dport 80 -m tcp --dport 81', /--dport is given twice/],
  ['-A INPUT -p tcp --syn --tcp-flags SYN SYN', /given twice/],
  ['-A INPUT -p tcp ! --dport 0:65535', /never match/],
  ['-A INPUT -p tcp --tcp-flags NONE SYN', /never match/],
  ['-A INPUT --dport 80 -p tcp', /--dport needs -p tcp before it/],
  ['-A INPUT -p udplite --dport 53', /-m multiport --dports/],
  ['-A INPUT -m tcp --dport 80', /-m tcp needs -p tcp/],
  ['-A INPUT ! -p tcp -m tcp --dport 80', /-m tcp needs -p tcp/],
  ['-A INPUT -m multiport --dports 80 -p tcp', /needs -p tcp or -p udp.*dccp before it/],
  ['-A INPUT -p tcp -m multiport --dports 1 --sports 2', /cannot stand in one multiport/],
  ['-A INPUT -p tcp -m multiport --dports 1:2,3:4,5:6,7:8,9:10,11:12,13:14,15:16', /at most 15/],
  ['-A INPUT -p tcp -m multiport --dports 80:', /both ends/],
  ['-A INPUT -p tcp -m multiport', /multiport needs one of/],
  ['-A INPUT --ctstate NEW', /belongs to -m conntrack/],
  ['-A INPUT -m conntrack --ctstate NEWS', /did you mean "NEW"/],
  ['-A INPUT -m conntrack --ctstatus NONE,ASSURED', /NONE adds nothing/],
  ['-A INPUT -m conntrack ! --ctdir REPLY', /cannot be negated/],
  ['-A INPUT -m iprange --src-range 127.0.0.9-127.0.0.1', /reversed/],
  [`-A INPUT -m comment --comment ${'é'.repeat(128)}`, /256 bytes: at most 255/],
  [`-A INPUT ${'-m comment --comment x '.repeat(17)}`, /17 matches/],
  ['-A INPUT -m bpf --object-pinned /x', /-m bpf is refused: .*files/],
  ['-A INPUT -m cgroup --path x', /control groups/],
  ['-A INPUT -m set --match-set x src', /ipset/],
  ['-A INPUT -m cluster', /-m cluster is not supported yet/],
  ['-A INPUT -m conntrak', /unknown match "conntrak" \(did you mean "conntrack"\?\)/],
  ['-A INPUT -j IDLETIMER', /global to the whole machine/],
  ['-A INPUT -j NFQUEUE', /drops every packet/],
  ['-A INPUT -j AUDIT', /audit log/],
  ['-A INPUT -j LED', /LEDs/],
  ['-A INPUT -j HMARK', /not supported yet/],
  ['-A INPUT -j NFLOG', /group 0/],
  ['-A INPUT -j NFLOG --nflog-group 0', /loopfw's own trace/],
  ['-A OUTPUT -j TRACE', /its own TRACE/],
  ['-A INPUT -j OUTPUT', /built-in chain/],
  ['-A INPUT -g DROP', /write -j DROP/],
  ['-A INPUT -j DROP -j ACCEPT', /one target/],
  ['-A INPUT --reject-with tcp-reset -p tcp -j REJECT', /belongs to -j REJECT/],
  ['-A INPUT -j REJECT --reject-with tcp-reset', /add -p tcp/],
  ['-A INPUT -j REJECT --reject-with port-unreachable', /did you mean "icmp-port-unreachable"/],
  ['-I INPUT 0', /counts from 1/],
  ['-P INPUT REJECT', /not a policy/],
  ['-P INPUT drop', /did you mean "DROP"/],
  ['-P INPUT DROP -p tcp', /-p does not go with -P/],
  ['-N LOG', /that is a target/],
  ['-N -x', /cannot begin with "-"/],
  ['-N abcdefghijklmnopqrstuvwxyzabc', /longer than 28/],
  ["-N 'a b'", /no spaces/],
];

t.test('what is refused says why', async (t) => {
  for (const [text, reason] of REFUSED) {
    t.throws(() => parseRuleText(text), { name: 'RuleError', message: reason, key: null }, text);
  }
});

t.test('a list cannot grow without end', async (t) => {
  const list = Array.from({ length: 40 }, (_, index) => `127.0.0.${index}`).join(',');
  t.throws(() => parseRuleText(`-A INPUT -s ${list} -d ${list}`), RuleError);
  t.throws(() => parseRuleText(`-A INPUT -s ${'1.1.1.1,'.repeat(256)}1.1.1.1`), RuleError);
});
