// Advice that names rules: those of the rule set that would do it, and lines to write in its own form.
import t from 'tap';
import type { KnownRules, NamedRule } from '../../src/model/advice.js';
import type { Expectation } from '../../src/model/result.js';
import type { Entry } from '../../src/model/rule.js';
import type { ScenarioRule } from '../../src/model/scenario.js';
import { listAdvice } from '../../src/verdict/advice/advise.js';
import { advise, makeCase, makeStep, NO_OTHER_RULES, RULE } from './cases.js';
import { makePacket } from './packets.js';

const LATE: NamedRule = { index: 4, name: null, text: '-A INPUT -j ACCEPT', file: null, line: null };
const OF_FILE = { file: 'nas/rules.v4', line: 34 };
const MOVE = { kind: 'move-rule', index: 4, before: 2 } as const;
const EATEN = makeCase({
  cause: 'answer-eaten',
  journey: [makePacket('syn', { steps: [makeStep('accept')] }), makePacket('syn-ack', { steps: [makeStep('drop')] })],
});

t.test('a rule that is there already, and comes too late', async (t) => {
  const before = { ...LATE, index: 2, text: '-A INPUT -j DROP' };
  const late = (rule: NamedRule, first: NamedRule) => ({ late: [{ rule, before: first, remedy: MOVE }] });
  t.equal(advise(EATEN, late({ ...LATE, name: 'answers' }, before)), 'Move rule 4 answers (-A INPUT -j ACCEPT) up, before rule 2.');
  t.equal(
    advise(EATEN, late({ ...LATE, ...OF_FILE }, { ...before, ...OF_FILE, line: 33 })),
    'Move line 34 of rules.v4 (-A INPUT -j ACCEPT) up, before line 33.',
  );
  const dropped = makeCase({ expected: { outcome: 'connected' } });
  t.match(advise(dropped, late(LATE, before)), /^Move rule 4 \(-A INPUT -j ACCEPT\) up, before rule 2\.$/);
  t.match(advise(makeCase({ expected: { rule: 4 } }), late(LATE, before)), /^Move rule 4 .* before rule 2/);
  const rejected = makeCase({ cause: 'rejected', expected: { outcome: 'refused' }, observed: { ...EATEN.observed, outcome: 'refused' } });
  t.equal(advise(rejected, late(LATE, before)), null, 'the client saw what is expected');
  t.strictSame(
    listAdvice(EATEN, { rules: [], near: { ...NO_OTHER_RULES.near, ...late(LATE, before) } }).map(({ remedy }) => remedy?.kind),
    ['move-rule', 'add-rules'],
    'if that does not help, another rule may',
  );
});

t.test('a rule that ended the request may end the answer as well: the move, and then the answers too', async (t) => {
  const near = { ...NO_OTHER_RULES.near, late: [{ rule: LATE, before: { ...LATE, index: 2, text: '-A INPUT -j DROP' }, remedy: MOVE }] };
  const list = (expected: Expectation) => listAdvice(makeCase({ expected }), { rules: [], near });
  const [, both, ...others] = list({ outcome: 'connected' });
  t.match(both?.text, /before rule 2\. Also accept the answers first: -I INPUT 1 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT\.$/);
  t.match(both?.remedy, { kind: 'several', remedies: [MOVE, { kind: 'add-rules' }] });
  t.strictSame(others, []);
  t.strictSame(
    list({ outcome: 'refused' }).map(({ remedy }) => remedy?.kind),
    ['move-rule', 'reject'],
  );
});

t.test('an answer that connection tracking does not know is accepted by no state', async (t) => {
  const notrack = { ...LATE, index: 0, text: '-t raw -A OUTPUT -j NOTRACK' };
  const near = { ...NO_OTHER_RULES.near, untracking: [notrack] };
  t.match(
    advise(EATEN, near),
    /^Rule 0 \(-t raw -A OUTPUT -j NOTRACK\) takes packets out of connection tracking, so no rule .*: remove it/,
  );
  t.strictSame(
    listAdvice(EATEN, { rules: [], near }).map(({ remedy }) => remedy),
    [{ kind: 'remove-rule', index: 0 }],
  );
});

t.test('a rewriting rule that this packet does not meet', async (t) => {
  const closed = makeCase({
    cause: 'no-listener',
    expected: { outcome: 'connected' },
    observed: { ...EATEN.observed, outcome: 'refused' },
  });
  const rule = { ...LATE, index: 0, text: '-t nat -A PREROUTING -j REDIRECT' };
  t.match(
    advise(closed, { twins: [{ rule, line: '-t nat -A OUTPUT -o lo -j REDIRECT' }] }),
    /^Give rule 0 \(.*\) a twin for packets that this host sends: -t nat -A OUTPUT -o lo -j REDIRECT\.$/,
  );
  t.match(advise(closed, { elsewhere: [{ rule, asked: '-i wan0' }] }), /^Rule 0 .* may be meant for this packet, but asks for -i wan0: /);
  const rewritten = [makePacket('syn', { rewrittenTo: { source: '127.0.0.1:40000', destination: '127.0.0.2:8080' } })];
  t.match(advise({ ...closed, journey: rewritten }), /^Nothing listens on 127\.0\.0\.2:8080, where 127\.0\.0\.2:80 leads: /);
});

t.test('a new rule is a line of the file where the rules are of one', async (t) => {
  const lines = (rules: ScenarioRule[], more: Partial<typeof EATEN> = {}) =>
    listAdvice({ ...EATEN, ...more }, { ...NO_OTHER_RULES, rules });
  const append = makeRule('append');
  t.match(lines([append])[0]?.text, /: -A INPUT -m conntrack .* -j ACCEPT, before line 34 of rules\.v4\.$/);
  t.strictSame(lines([append])[0]?.remedy, {
    kind: 'add-rules',
    lines: ['-I INPUT 1 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT'],
  });
  t.match(lines([makeRule('append', 'FORWARD')])[0]?.text, /: -A INPUT -m conntrack .*, in table filter of rules\.v4\.$/);
  t.match(lines([append, makeRule('insert')])[0]?.text, /, in table filter of rules\.v4\.$/, 'a line before it may not be first');
  t.match(lines([], { from: '::1', to: { address: '::1', port: 80 } })[0]?.text, /: ip6tables -I INPUT 1 -m conntrack/);
});

function makeRule(kind: 'append' | 'insert', chain = 'INPUT'): ScenarioRule {
  const rule = {
    ...{ source: null, destination: null, inInterface: null, outInterface: null, protocol: null },
    fragment: null,
    matches: [],
    target: null,
  };
  const entry = { family: 'ipv4', table: 'filter', chain, rules: [rule] } as const;
  const entries: Entry[] = [kind === 'append' ? { ...entry, kind, rules: [rule] } : { ...entry, kind, position: 1, rules: [rule] }];
  return { index: 0, name: null, text: '', ...OF_FILE, backend: null, entries };
}

t.test('a REJECT in the place of a DROP', async (t) => {
  const refused = makeCase({ expected: { outcome: 'refused' } });
  const remedies = (c: typeof refused, known: KnownRules = NO_OTHER_RULES) => listAdvice(c, known).map(({ remedy }) => remedy);
  t.match(advise(refused), /by a REJECT only\. Let rule 0 no-web end with -j REJECT --reject-with icmp-port-unreachable\.$/);
  t.strictSame(remedies(refused), [{ kind: 'reject', index: 0, type: 'icmp-port-unreachable' }]);
  t.match(advise({ ...refused, expected: { outcome: 'unreachable' }, from: '::1' }), /icmp6-addr-unreachable/);
  t.strictSame(remedies({ ...refused, rule: { ...RULE, isPolicy: true } }), [null], 'a policy has no such target');
  t.strictSame(remedies({ ...refused, rules: 'nft' }), [null]);
});

t.test('where a block is expected, no advice opens it', async (t) => {
  const none = (expected: (typeof EATEN)['expected']) => t.equal(advise({ ...EATEN, expected }), null, expected);
  none({ outcome: 'timeout' });
  none({ cause: 'dropped' });
  none({ cause: 'silent' });
  t.type(advise({ ...EATEN, expected: { outcome: 'refused' } }), 'string', 'a refusal is an answer');
});
