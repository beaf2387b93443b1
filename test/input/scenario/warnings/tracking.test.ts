// States that rules forget, and chance: a warning where a probe suffers from it for certain, and only then.
import t from 'tap';
import { findScenarioWarnings } from '../../../support/warnings.js';

const WEB = { web: 'tcp://127.0.0.2:80' };
const PROBES = [{ from: '127.0.0.1', to: 'web', expect: 'connected' }];

function find(code: string, scenario: object): string[] {
  const warnings = findScenarioWarnings({ servers: WEB, probes: PROBES, ...scenario });
  return warnings.flatMap((warning) => (warning.code === code ? [warning.message] : []));
}

const DROP = '-P INPUT DROP';
const ESTABLISHED = '-A INPUT -m conntrack --ctstate ESTABLISHED -j ACCEPT';
const HTTP = '-A INPUT -p tcp --dport 80 -j ACCEPT';

for (const [what, rules] of Object.entries({
  'a policy of DROP': [DROP, ESTABLISHED, HTTP],
  'a last rule that rejects': [ESTABLISHED, HTTP, '-A INPUT -j REJECT'],
  'a last chain that drops': ['-N END', '-A END -m limit --limit 1/min -j LOG', '-A END -j DROP', ESTABLISHED, '-A INPUT -j END'],
  'the other match for states': [DROP, '-A INPUT -m state --state ESTABLISHED,NEW -j ACCEPT'],
})) {
  t.test(`related-missing: ${what}`, async (t) => {
    t.match(find('related-missing', { rules }), [
      /^rule \d accepts ESTABLISHED alone, and INPUT drops RELATED: ICMP errors, and the answers of REJECT rules, do not arrive; write --ctstate RELATED,ESTABLISHED$/,
    ]);
  });
}

for (const [what, rules] of Object.entries({
  'RELATED is in the list': [DROP, ESTABLISHED.replace('ESTABLISHED', 'RELATED,ESTABLISHED'), HTTP],
  'RELATED has a rule of its own': [DROP, ESTABLISHED, '-A INPUT -m conntrack --ctstate RELATED -j ACCEPT'],
  'RELATED has a chain of its own': [DROP, '-N more', ESTABLISHED, '-A INPUT -m conntrack --ctstate RELATED -j more', '-A more -j ACCEPT'],
  'ICMP is accepted': [DROP, ESTABLISHED, '-A INPUT -p icmp -j ACCEPT'],
  'ICMP errors are accepted': [DROP, ESTABLISHED, '-A INPUT -p icmp --icmp-type destination-unreachable -j ACCEPT'],
  'some RELATED may be accepted': [DROP, ESTABLISHED, '-A INPUT -m conntrack --ctstate RELATED -m limit --limit 1/s -j ACCEPT'],
  'the policy accepts': [ESTABLISHED, HTTP],
  'the rule is for one protocol': [DROP, ESTABLISHED.replace('-m', '-p tcp -m'), HTTP],
  'all but INVALID is accepted': [DROP, '-A INPUT -m conntrack ! --ctstate INVALID -j ACCEPT'],
  'all of lo is accepted': [DROP, '-A INPUT -i lo -j ACCEPT', ESTABLISHED],
})) {
  t.test(`not related-missing: ${what}`, async (t) => {
    t.strictSame(find('related-missing', { rules }), []);
  });
}

t.test('related-missing: each chain, by the interfaces of the world', async (t) => {
  const interfaces = { eth0: { addresses: ['192.0.2.1/24'] }, eth1: { addresses: ['198.51.100.1/24'] } };
  const rules = ['INPUT', 'FORWARD', 'OUTPUT'].flatMap((chain) => [`-P ${chain} DROP`, ESTABLISHED.replace('INPUT', chain)]);
  t.equal(find('related-missing', { interfaces, rules: ['-A INPUT -i lo -j ACCEPT', ...rules] }).length, 3);
  t.equal(find('related-missing', { rules: rules.map((rule) => `ip6tables ${rule}`) }).length, 2, 'IPv6 too; on lo nothing is forwarded');
});

const NOTRACK = '-t raw -A OUTPUT -o lo -j NOTRACK';

t.test('notrack-and-state: the answer is UNTRACKED', async (t) => {
  t.strictSame(find('notrack-and-state', { rules: [NOTRACK, DROP, ESTABLISHED, HTTP] }), [
    "rule 0 takes the answer to the probe 127.0.0.1 → web out of connection tracking: it is UNTRACKED, so rule 2 does not accept it and INPUT drops it; add UNTRACKED to that rule's states, or leave the NOTRACK out",
  ]);
  const other = [
    '-t raw -A PREROUTING -p tcp --dport 80 -j CT --notrack',
    DROP,
    '-A INPUT -m conntrack --ctstate NEW,ESTABLISHED -j ACCEPT',
  ];
  t.match(find('notrack-and-state', { rules: other }), [/^rule 0 takes the probe 127\.0\.0\.1 → web out of connection tracking/]);
});

for (const [what, rules] of Object.entries({
  'UNTRACKED is accepted': [NOTRACK, DROP, ESTABLISHED.replace('ESTABLISHED', 'ESTABLISHED,UNTRACKED'), HTTP],
  'the answer is accepted without its state': [NOTRACK, DROP, ESTABLISHED, HTTP, '-A INPUT -p tcp --sport 80 -j ACCEPT'],
  'the policy accepts': [NOTRACK, ESTABLISHED, HTTP],
  'no state is asked for': [NOTRACK, '-A INPUT -p tcp --dport 81 -j DROP'],
  'NOTRACK is for another protocol': [NOTRACK.replace('-o lo', '-o lo -p udp'), DROP, ESTABLISHED, HTTP],
  'chance decides who is not tracked': [NOTRACK.replace('-j', '-m statistic --mode random --probability 0.5 -j'), DROP, ESTABLISHED, HTTP],
})) {
  t.test(`not notrack-and-state: ${what}`, async (t) => {
    t.strictSame(find('notrack-and-state', { rules }), []);
  });
}

t.test('notrack-and-state: a probe that expects no answer', async (t) => {
  const probes = [{ ...PROBES[0], expect: 'timeout' }];
  t.strictSame(find('notrack-and-state', { rules: [NOTRACK, DROP, ESTABLISHED, HTTP], probes }), []);
});

const CHANCE = '-A INPUT -p tcp --dport 80 -m statistic --mode random --probability 0.25 -j DROP';

t.test('statistic: chance decides what a probe sees', async (t) => {
  t.strictSame(find('statistic', { rules: [CHANCE] }), [
    'rule 0 decides by chance (--probability 0.25), so the probe 127.0.0.1 → web may see something else each time: write --mode nth, or leave the outcome open',
  ]);
  t.equal(find('statistic', { rules: [CHANCE.replace('--dport', '--sport')] }).length, 1, 'its answer');
});

for (const [what, rules] of Object.entries({
  'each second packet': ['-A INPUT -p tcp -m statistic --mode nth --every 2 --packet 0 -j DROP'],
  'a rule that only logs': [CHANCE.replace('DROP', 'LOG')],
  'another port': [CHANCE.replace('80', '81')],
  always: [CHANCE.replace('0.25', '1')],
  'all is dropped anyway': [DROP, CHANCE],
  'load that is shared out': [
    '-t nat -N a',
    '-t nat -N b',
    '-t nat -A OUTPUT -m statistic --mode random --probability 0.5 -j a',
    '-t nat -A OUTPUT -j b',
    '-t nat -A a -p tcp -j DNAT --to-destination 127.0.0.2:80',
    '-t nat -A b -p tcp -j DNAT --to-destination 127.0.0.3:80',
  ],
})) {
  t.test(`not statistic: ${what}`, async (t) => {
    t.strictSame(find('statistic', { rules }), []);
  });
}
