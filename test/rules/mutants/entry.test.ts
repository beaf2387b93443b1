// The mutants of rules for iptables, by literal values.
import t from 'tap';
import { parseRuleText } from '../../../src/rules/language/rule-text.js';
import { listMutants } from '../../../src/rules/mutants/entry.js';
import { printEntry } from '../../../src/rules/rule/print.js';

const list = (rule: string) => listMutants(parseRuleText(rule)).map(({ mutator, text }) => `${mutator}: ${text}`);

t.test('a target is gone, or another', async (t) => {
  t.strictSame(list('-A INPUT -j ACCEPT'), ['target-removed: -A INPUT', 'target-changed: -A INPUT -j DROP']);
  t.strictSame(list('-A INPUT -j DROP'), [
    'target-removed: -A INPUT',
    'target-changed: -A INPUT -j ACCEPT',
    'target-changed: -A INPUT -j REJECT --reject-with icmp-port-unreachable',
  ]);
  t.strictSame(list('-t nat -A PREROUTING -j DNAT --to-destination 10.0.0.1'), ['target-removed: -t nat -A PREROUTING']);
  t.strictSame(list('-A INPUT -g other'), ['target-removed: -A INPUT'], 'the name of a chain is no target that another could replace');
  t.strictSame(list('-A INPUT'), []);
});

t.test('addresses are gone, negated, wider and narrower', async (t) => {
  t.strictSame(list('-A INPUT -s 10.0.0.0/8'), [
    'match-removed: -A INPUT',
    'match-negated: -A INPUT ! -s 10.0.0.0/8',
    'prefix-widened: -A INPUT -s 10.0.0.0/7',
    'prefix-narrowed: -A INPUT -s 10.0.0.0/9',
  ]);
  t.strictSame(list('ip6tables -A INPUT ! -d 2001:db8::1'), [
    'match-removed: ip6tables -A INPUT',
    'match-negated: ip6tables -A INPUT -d 2001:db8::1/128',
    'prefix-widened: ip6tables -A INPUT ! -d 2001:db8::/127',
  ]);
  t.strictSame(
    listMutants(parseRuleText('-A INPUT ! -s 10.0.0.0/8')).map(({ mutator, touches }) => [mutator, touches]),
    [
      ['match-removed', { matched: false, others: true }],
      ['match-negated', { matched: true, others: true }],
      ['prefix-widened', { matched: true, others: false }],
      ['prefix-narrowed', { matched: false, others: true }],
    ],
    'behind ! a wider prefix matches less',
  );
});

t.test('a list of addresses changes as a whole, as it is one rule of the file', async (t) => {
  t.match(list('-A INPUT -s 10.0.0.1,10.0.0.2 -j DROP'), ['target-removed: -A INPUT -s 10.0.0.1/32,10.0.0.2/32']);
  const [, , , removed] = listMutants(parseRuleText('-A INPUT -s 10.0.0.1,10.0.0.2 -j DROP'));
  t.equal(removed?.change, 'had no -s 10.0.0.1/32');
});

t.test('ports are gone, negated, wider, narrower and shifted', async (t) => {
  t.strictSame(list('-A INPUT -p tcp --dport 22'), [
    // Without -p, iptables refuses --dport.
    'match-removed: -A INPUT -p tcp',
    'match-negated: -A INPUT -p tcp -m tcp ! --dport 22',
    'port-widened: -A INPUT -p tcp -m tcp --dport 22:23',
    'port-shifted: -A INPUT -p tcp -m tcp --dport 23',
  ]);
  t.strictSame(
    list('-A INPUT -p udp --sport 10:20 --dport 65535').filter((line) => line.startsWith('port')),
    [
      'port-widened: -A INPUT -p udp -m udp --sport 10:21 --dport 65535',
      'port-narrowed: -A INPUT -p udp -m udp --sport 11:20 --dport 65535',
    ],
  );
  t.strictSame(
    list('-A INPUT -p tcp -m multiport --dports 22,80').filter((line) => line.startsWith('port')),
    ['port-narrowed: -A INPUT -p tcp -m multiport --dports 80', 'port-narrowed: -A INPUT -p tcp -m multiport --dports 22'],
  );
});

t.test('a state is gone', async (t) => {
  t.strictSame(list('-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED'), [
    'match-removed: -A INPUT',
    'match-negated: -A INPUT -m conntrack ! --ctstate RELATED,ESTABLISHED',
    'state-removed: -A INPUT -m conntrack --ctstate ESTABLISHED',
    'state-removed: -A INPUT -m conntrack --ctstate RELATED',
  ]);
});

t.test('a policy is flipped, and a chain has no mutants', async (t) => {
  t.strictSame(list('-P INPUT DROP'), ['policy-flipped: -P INPUT ACCEPT']);
  t.strictSame(list('-t mangle -P OUTPUT ACCEPT'), ['policy-flipped: -t mangle -P OUTPUT DROP']);
  t.strictSame(list('-N other'), []);
});

t.test('a comment says nothing of packets', async (t) => {
  t.strictSame(list('-A INPUT -m comment --comment "a b" -j ACCEPT'), [
    'target-removed: -A INPUT -m comment --comment "a b"',
    'target-changed: -A INPUT -m comment --comment "a b" -j DROP',
  ]);
});

t.test('every mutant is a rule of its own that iptables reads', async (t) => {
  const rule =
    '-I FORWARD 3 ! -s 10.0.0.0/24 -i eth0 ! -o eth1 -p tcp -m tcp --dport 80 --tcp-flags SYN,RST SYN -m limit --limit 3/min -j REJECT';
  const mutants = listMutants(parseRuleText(rule));
  const texts = mutants.map(({ text }) => text);
  t.equal(new Set([printEntry(parseRuleText(rule)), ...texts]).size, mutants.length + 1);
  for (const { entry, text } of mutants) {
    t.strictSame(parseRuleText(text), entry);
    t.match(entry, { kind: 'insert', position: 3 });
  }
  t.equal(texts.length, 19, texts.join('\n'));
});
