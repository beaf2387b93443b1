// Kinds of faults, and what a fault is in nft's language.
import { readFileSync } from 'node:fs';
import t from 'tap';
import { knowsProtocol } from '../../src/plan/faults/kind.js';
import { planFault } from '../../src/plan/faults/plan.js';
import { FAULTS } from '../../src/plan/faults/table.js';
import { parseFault } from '../../src/run/world/faults/parse.js';
import { ROOT } from '../support/package.js';

t.test('docs/faults.md has each kind with what a client sees and what counts', async (t) => {
  const rows = readFileSync(`${ROOT}/docs/faults.md`, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `') && line.split('|').length === 5)
    .map((line) => line.split('|').map((cell) => cell.trim()));
  t.strictSame(
    rows.filter(([, kind = '']) => kind.replaceAll('`', '') in FAULTS).map(([, ...cells]) => cells.slice(0, 3)),
    Object.entries(FAULTS).map(([kind, { sees, counts }]) => [`\`${kind}\``, sees, counts]),
  );
});

t.test('UDP has the kinds that are not about connections', async (t) => {
  t.strictSame(
    Object.entries(FAULTS).flatMap(([kind, row]) => (knowsProtocol(row, 'udp') ? [] : [kind])),
    ['reset-established', 'blackhole-established', 'half-open', 'reply-lost', 'closed-after'],
  );
});

const plan = (text: string) => planFault(parseFault(text), 3);
const listRules = (text: string) =>
  plan(text)
    .put.filter((line) => line.startsWith('add rule'))
    .map((line) => line.replace('add rule inet loopfw_faults ', ''));

t.test('a fault is asked for every packet to its target, and counts attempts', async (t) => {
  const key = 'ip saddr . ip daddr . tcp sport . tcp dport';
  t.strictSame(listRules('dropped=127.0.0.2:80'), [
    'f3 ip daddr 127.0.0.2 tcp dport 80 tcp flags & (fin|syn|rst|ack) == syn tcp sport . tcp sequence != @f3_attempts_ipv4 jump f3_new_ipv4',
    'f3_new_ipv4 add @f3_attempts_ipv4 { tcp sport . tcp sequence }',
    `f3_new_ipv4 delete @f3_hit_ipv4 { ${key} }`,
    'f3 ip daddr 127.0.0.2 tcp dport 80 jump f3_question_ipv4',
    `f3_question_ipv4 tcp flags & (syn|psh) != 0 ${key} != @f3_hit_ipv4 add @f3_hit_ipv4 { ${key} } counter name f3 meta nftrace set 1`,
    'f3_question_ipv4 drop',
  ]);
  t.ok(listRules('dropped=:80').includes('f3 meta nfproto ipv6 tcp dport 80 jump f3_question_ipv6'));
  t.ok(listRules('answer-eaten=udp://[::1]:53').includes('f3 ip6 saddr ::1 udp sport 53 jump f3_answer_ipv6'));
});

t.test('a fault for some connections chooses them by their SYN', async (t) => {
  const rules = listRules('dropped=127.0.0.2:80,first=3,chance=0.25').filter((line) => line.startsWith('f3_new_ipv4'));
  t.strictSame(rules.slice(3, 5), [
    'f3_new_ipv4 numgen random mod 1000000 >= 250000 return',
    'f3_new_ipv4 limit rate over 1/day burst 3 packets return',
  ]);
  t.notMatch(listRules('dropped=127.0.0.2:80,chance=1').join('\n'), 'numgen', 'nft refuses a comparison that is never true');
  t.match(listRules('dropped=127.0.0.2:80,keep-live')[5], /@f3_chosen_ipv4 jump f3_question_ipv4$/);
});

t.test('a target with ports of clients chooses connections, too: an answer to a client is no question', async (t) => {
  const question = 'ip saddr . ip daddr . udp sport . udp dport';
  const answer = 'ip daddr . ip saddr . udp dport . udp sport';
  t.strictSame(
    listRules('dropped=udp://127.0.0.1').filter((line) => line.startsWith('f3 ')),
    [
      `f3 ip saddr 127.0.0.1 meta l4proto udp ${answer} != @f3_attempts_ipv4 update @f3_out_ipv4 { ${question} }`,
      `f3 ip daddr 127.0.0.1 meta l4proto udp ${answer} != @f3_out_ipv4 ${question} != @f3_attempts_ipv4 jump f3_new_ipv4`,
      `f3 ip daddr 127.0.0.1 meta l4proto udp ${question} @f3_chosen_ipv4 jump f3_question_ipv4`,
    ],
  );
  t.match(plan('dropped=127.0.0.1').standing, { action: 'choose', sets: { ipv4: 'f3_chosen_ipv4' } });
  t.equal(plan('dropped=127.0.0.1,first=3').standing, null);
});

t.test('what a fault needs besides rules', async (t) => {
  t.match(plan('refused=10.255.255.1'), { addresses: ['10.255.255.1'], isHeld: false, countsBytes: false, standing: { action: 'end' } });
  t.match(plan('refused=localhost:80,keep-live'), { addresses: [], standing: null });
  t.match(plan('refused=localhost:80,first=2').standing, { selection: { first: null } }, 'all existing connections are ended');
  t.match(plan('half-open=:80,first=2,after=1s').standing, { action: 'end-silently', selection: { first: 2 } });
  t.match(plan('net-unreachable=:80'), { isHeld: true });
  t.match(plan('net-unreachable=udp://:80'), { isHeld: false, standing: null });
  t.match(plan('closed-after=:80,bytes=5'), { countsBytes: true });
});
