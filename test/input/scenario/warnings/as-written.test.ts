// Rules that iptables takes, but that do not do what they seem to: each has a warning, and only then.
import t from 'tap';
import { printScenarioWarnings } from '../../../support/warnings.js';

function getWarnings(scenario: object, rules = ''): string[] {
  return printScenarioWarnings(scenario, { 'rules.v4': rules });
}

/** Rules that no packet meets, and the condition that is named. */
const UNMET: [rule: string, condition: string][] = [
  ...['--sport', '--dport'].map((flag): [string, string] => [`-A INPUT -p udp ${flag} 60000:29`, `${flag} 60000:29`]),
  ['-A INPUT -p dccp -m dccp --dport 900:29', '--dport 900:29'],
  ['-A INPUT -p dccp -m dccp ! --dport :', '! --dport 0:65535'],
  ['-A INPUT -p sctp ! --sport :', '! --sport 0:65535'],
  ['-A INPUT -p esp -m esp --espspi 9:3', '--espspi 9:3'],
  ['-A INPUT -p ah -m ah --ahspi 9:3', '--ahspi 9:3'],
  ['-A INPUT -p ipcomp -m ipcomp --ipcompspi 9:3', '--ipcompspi 9:3'],
  ['-A INPUT -m length --length 9:3', '--length 9:3'],
  ['-A INPUT -m length ! --length :', '! --length 0:65535'],
  ['ip6tables -A INPUT -m frag --fragid 9:3', '--fragid 9:3'],
  ['ip6tables -A INPUT -m rt --rt-segsleft 9:3', '--rt-segsleft 9:3'],
  ['-A INPUT -m conntrack --ctexpire 9:3', '--ctexpire 9:3'],
  ...['orig', 'repl'].flatMap((way) =>
    ['src', 'dst'].map((end): [string, string] => [`-A INPUT -m conntrack --ct${way}${end}port 9:3`, `--ct${way}${end}port 9:3`]),
  ),
  ['-A INPUT -m iprange --src-range 127.0.0.9-127.0.0.1', '--src-range 127.0.0.9-127.0.0.1'],
  ['-A INPUT -m u32 --u32 "6&0xff=9:3,5:4"', '--u32 0x6&0xff=0x9:0x3,0x5:0x4'],
  ['-A INPUT -m time --datestart 2030-01-02 --datestop 2030-01-01', '--datestop 2030-01-01T00:00:00'],
  ['-A INPUT -p icmp ! --icmp-type any', '! --icmp-type any'],
  ['-A INPUT ! -i +', '! -i +'],
  ['ip6tables -A INPUT -p ah', '-p ah (an extension header of IPv6 is matched by -m ah)'],
];
for (const [rule, condition] of UNMET) {
  t.test(`no packet meets ${rule}`, async (t) => {
    const message = condition.startsWith('--')
      ? `empty-range a.json:1 rule 1 never matches: the range of ${condition} is empty, because it begins with its end; write the smaller end first`
      : `never-matches a.json:1 rule 1 never matches: no packet meets ${condition}; correct the condition`;
    t.strictSame(getWarnings({ rules: ['-A OUTPUT', rule] }), [message]);
  });
}

t.test('never-matches: the legacy back end takes what nft refuses', async (t) => {
  t.match(getWarnings({ backend: 'legacy', rules: ['-A INPUT ! -s 0.0.0.0/0'] }), [
    /no packet meets ! -s 0\.0\.0\.0\/0; correct the condition$/,
  ]);
  t.throws(() => getWarnings({ rules: ['-A INPUT ! -s 0.0.0.0/0'] }), /the nft back end refuses/);
  t.throws(() => getWarnings({ backend: 'legacy', rules: ['-A INPUT ! -i +'] }), /iptables-legacy-save does not show/);
});

for (const rule of [
  '-A INPUT -p udp ! --dport 60000:29',
  '-A INPUT -p udp --dport 29:60000',
  '-A INPUT -m length --length :',
  '-A INPUT -m iprange ! --src-range 127.0.0.9-127.0.0.1',
  '-A INPUT -m u32 --u32 "6&0xff=9:3,5"',
  '-A INPUT -p icmp --icmp-type any',
  '-A INPUT -p ah',
  'ip6tables -A INPUT ! -p ah',
  '-A INPUT -m conntrack --ctorigsrcport 9',
]) {
  t.test(`no warning: ${rule}`, async (t) => {
    t.strictSame(getWarnings({ rules: [rule] }), []);
  });
}

t.test('never-matches: fewer of src and dst than the elements of an ipset have parts', async (t) => {
  const ipsets = { pairs: { type: 'hash:ip,port', entries: ['192.0.2.1,tcp:80'] } };
  const look = (...ways: string[]) => getWarnings({ ipsets, rules: ways.map((way) => `-A INPUT -m set ${way}`) });
  t.strictSame(look('--match-set pairs dst'), [
    'never-matches a.json:1 rule 0 never matches: no packet meets --match-set pairs dst (hash:ip,port needs 2 of src and dst); correct the condition',
  ]);
  t.strictSame(look('--match-set pairs dst,dst', '--match-set pairs dst,dst,dst', '! --match-set pairs dst'), []);
});

t.test('a line of a file, which may be ignored', async (t) => {
  const text =
    '*raw\n-A OUTPUT -j TRACE\nCOMMIT\n*filter\n-A INPUT -s 192.0.2.1/24 -p udp --dport 60000:29 -m comment --comment "-j TRACE"\nCOMMIT\n';
  const scenario = { ruleset: { file: 'rules.v4' } };
  t.strictSame(getWarnings(scenario, text), [
    'empty-range rules.v4:5 rule 1 (rules.v4:5) never matches: the range of --dport 60000:29 is empty, because it begins with its end; write the smaller end first',
    'trace-left-out rules.v4:2 TRACE is left out of this rule, because loopfw places its own: the rule only counts packets',
  ]);
  t.strictSame(getWarnings({ ...scenario, ignore: ['empty-range', 'trace-left-out'] }, text), []);
});

t.test('host-bits: a rule string, not a line of a file', async (t) => {
  t.strictSame(getWarnings({ rules: ['-A INPUT -s 10.0.0.1,127.0.0.5/8', '-A INPUT -d 127.0.0.5/32 -s 10/8'] }), [
    'host-bits a.json:1 127.0.0.5/8 has bits below its prefix: iptables reads it as 127.0.0.0/8',
  ]);
  t.match(getWarnings({ rules: ['ip6tables -A INPUT -s fd00::1/64'] }), [/iptables reads it as fd00::\/64$/]);
  t.throws(() => getWarnings({ rules: [{ chain: 'INPUT', target: 'DROP', source: '127.0.0.5/8' }] }), /write 127\.0\.0\.0\/8/);
});

for (const [what, rules] of Object.entries({
  'a rule of a chain that decides': ['-A INPUT -p tcp --dport 80', '-A INPUT -j DROP'],
  'a rule with a state': ['-A INPUT -m conntrack --ctstate NEW', '-A INPUT -i lo -j ACCEPT'],
})) {
  t.test(`no-target: ${what}`, async (t) => {
    t.strictSame(getWarnings({ rules, ignore: ['lo-accepts-all'] }), [
      'no-target a.json:1 rule 0 has no target, so it only counts packets: add -j ACCEPT, -j DROP or another target',
    ]);
  });
}

for (const [what, rules] of Object.entries({
  'a rule that notes an address': ['-A INPUT -p tcp --dport 22 -m recent --set --name SSH', '-A INPUT -j DROP'],
  'a rule that counts all packets': ['-A INPUT', '-A INPUT -m comment --comment all', '-A INPUT -p tcp -j DROP'],
  'a chain that only counts': ['-N count', '-A INPUT -j count', '-A count -p tcp --dport 80', '-A count -p udp'],
  'a rule with a target': ['-A INPUT -p tcp -j LOG', '-A INPUT -p tcp -j DROP'],
})) {
  t.test(`not no-target: ${what}`, async (t) => {
    t.strictSame(getWarnings({ rules }), []);
  });
}

t.test('no-target: not a TRACE that was left out', async (t) => {
  const text = '*raw\n-A OUTPUT -p tcp -j TRACE\n-A OUTPUT -p udp -j ACCEPT\nCOMMIT\n';
  t.match(getWarnings({ ruleset: { file: 'rules.v4' } }, text), [/^trace-left-out/]);
});
