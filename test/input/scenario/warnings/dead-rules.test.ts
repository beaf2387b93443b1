// The words of dead-rule, and what makes no rule dead. Whether such a rule is dead indeed, the kernel says in test/end-to-end/rulesets.
import t from 'tap';
import { printScenarioWarnings } from '../../../support/warnings.js';

function find(scenario: object, text = ''): string[] {
  return printScenarioWarnings(scenario, { 'rules.v4': text }).flatMap((line) => /^dead-rule (.*)$/.exec(line)?.[1] ?? []);
}

const SAVED = `*filter
:INPUT DROP [0:0]
:LOGDROP - [0:0]
-A INPUT -i eth0 -p tcp -m tcp --dport 80 -j ACCEPT
-A INPUT -j LOGDROP
-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A LOGDROP -m limit --limit 10/min -j LOG
-A LOGDROP -j DROP
COMMIT
`;

t.test('a contradiction', async (t) => {
  t.strictSame(find({ ruleset: { file: 'rules.v4' } }, SAVED), [
    'rules.v4:6 rule 2 (rules.v4:6) can never match: rule 1 (rules.v4:5) takes every packet that it would, and decides otherwise (DROP, not ACCEPT): put rule 2 before rule 1, or delete rule 2',
  ]);
  const answers = ['-A INPUT -p tcp -j REJECT', '-A INPUT -p tcp --dport 80 -j REJECT --reject-with tcp-reset'];
  t.match(find({ rules: answers }), [/decides otherwise \(REJECT with other options\): put rule 1 before rule 0/]);
});

t.test('what -I put first', async (t) => {
  const [accept, drop] = ['INPUT -p tcp --dport 80 -j ACCEPT', 'INPUT -p tcp -j DROP'];
  t.match(find({ rules: [`-A ${accept}`, `-I ${drop}`] }), [/^a.json:1 rule 0 .*: write rule 1 with -A, or delete rule 0$/]);
  t.match(find({ rules: [`-I ${drop}`, `-A ${accept}`] }), [/^a.json:1 rule 1 .*: write rule 1 with -I INPUT 1, or delete rule 1$/]);
});

t.test('a redundancy, and what would only log', async (t) => {
  const rules = ['-A INPUT -p tcp -j DROP', '-A INPUT -p tcp --dport 80 -j DROP', '-A INPUT -p tcp --dport 80 -j LOG'];
  t.strictSame(find({ rules }), [
    'a.json:1 rule 1 can never match: rule 0 takes every packet that it would, and decides the same (DROP): delete rule 1',
    'a.json:1 rule 2 can never match: rule 0 takes every packet that it would, and ends them (DROP): put rule 2 before rule 0, or delete rule 2',
  ]);
});

t.test('many behind one rule have one warning', async (t) => {
  const ports = [1, 2, 3, 4, 5, 6].map((port) => `-A INPUT -p tcp --dport ${port} -j ACCEPT`);
  t.strictSame(find({ rules: ['-A INPUT -j DROP', ...ports] }), [
    'a.json:1 rule 1 can never match, nor can 5 rules behind it (2, 3, 4, 5 and 6): rule 0 takes every packet that they would, and 6 of them decide otherwise; put it behind them, or delete them',
  ]);
  t.equal(find({ rules: ['-A INPUT -j DROP', ...ports.slice(1)] }).length, 5);
});

t.test('a chain that a program fills', async (t) => {
  for (const chain of ['f2b-sshd', 'DOCKER-USER', 'KUBE-SERVICES', 'cali-FORWARD']) {
    const rules = [`-N ${chain}`, `-A INPUT -j ${chain}`, `-A ${chain} -j RETURN`, `-A ${chain} -s 192.0.2.1 -j DROP`];
    t.match(find({ rules }), [/a\.json:1 in this file, rule 3 can never match: rule 2 takes every packet that it would/]);
  }
});

for (const [what, scenario] of Object.entries({
  'an ipset, which may change': {
    ipsets: { known: ['192.0.2.1'] },
    rules: ['-A INPUT -m set --match-set known src -j ACCEPT', '-A INPUT -m set --match-set known src -j DROP'],
  },
  'the user of a socket': {
    rules: ['-A OUTPUT -m owner --uid-owner 0 -j ACCEPT', '-A OUTPUT -m owner --uid-owner 0 -j DROP'],
    ignore: ['owner-without-user'],
  },
  'a time of day': { rules: ['-A INPUT -m time --timestart 10:00 -j DROP', '-A INPUT -m time --timestart 10:00 -p tcp -j ACCEPT'] },
  'bytes in the packet': { rules: ['-A INPUT -m u32 --u32 "6&0xff=6" -j ACCEPT', '-A INPUT -m u32 --u32 "6&0xff=6" -j DROP'] },
  'a bridge port': {
    rules: ['-A FORWARD -m physdev --physdev-in veth1 -j ACCEPT', '-A FORWARD -m physdev --physdev-in veth1 -j DROP'],
    ignore: ['unknown-interface'],
  },
  'a part of a list': { rules: ['-A INPUT -s 192.0.2.1 -j DROP', '-A INPUT -s 192.0.2.1,192.0.2.2 -j ACCEPT'] },
  'a family of two': { rules: ['-A INPUT -j DROP', { chain: 'INPUT', family: 'both', protocol: 'tcp', target: 'ACCEPT' }] },
  'a rule set of another phase': { rules: ['-A INPUT -j DROP'], phases: [{ name: 'b', rules: ['-A INPUT -p tcp -j ACCEPT'] }] },
  'a rule that no packet meets': {
    rules: ['-A INPUT -p udp --dport 9:3 -j DROP', '-A INPUT -p udp --dport 5 -j ACCEPT'],
    ignore: ['empty-range'],
  },
  'the tracking that NOTRACK changes': {
    rules: [
      '-t raw -A OUTPUT -m conntrack --ctstate UNTRACKED -j DROP',
      '-t raw -A OUTPUT -p tcp -j NOTRACK',
      '-t raw -A OUTPUT -m conntrack --ctstate UNTRACKED -j ACCEPT',
    ],
  },
  'a hop limit that HL changes': {
    rules: [
      'ip6tables -t mangle -A OUTPUT -m hl --hl-eq 9 -j DROP',
      'ip6tables -t mangle -A OUTPUT -j HL --hl-set 9',
      'ip6tables -t mangle -A OUTPUT -m hl --hl-eq 9 -j ACCEPT',
    ],
  },
  'an extension header of IPv6': { rules: ['ip6tables -A INPUT -m ah -j DROP', 'ip6tables -A INPUT -p tcp --dport 80 -j ACCEPT'] },
})) {
  t.test(`not dead: ${what}`, async (t) => {
    t.strictSame(find(scenario), []);
  });
}

t.test('a list of 20,000 addresses is read in a moment', async (t) => {
  const rules = Array.from({ length: 20_000 }, (_, index) => `-A INPUT -s 10.1.${index >> 8}.${index & 255} -j DROP`);
  t.match(find({ rules: [...rules, '-A INPUT -s 10.1.7.8 -p tcp -j ACCEPT'] }), [/rule 20000 can never match: rule 1800 takes/]);
});
