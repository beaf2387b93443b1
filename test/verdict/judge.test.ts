import t from 'tap';
import type { Expectation, PacketKind } from '../../src/model/result.js';
import type { Case } from '../../src/verdict/case.js';
import { explain } from '../../src/verdict/explain.js';
import { judge } from '../../src/verdict/judge.js';
import { advise } from './cases.js';
import { makePacket } from './packets.js';

const RULE = {
  index: 0,
  name: 'no-web',
  table: 'filter',
  chain: 'INPUT',
  text: '-A INPUT -j REJECT',
  isPolicy: false,
  file: null,
  line: null,
};
const REJECTED: Case = {
  protocol: 'tcp',
  from: '127.0.0.1',
  to: { address: '127.0.0.2', port: 80 },
  timeoutMs: 2500,
  expected: {},
  observed: { outcome: 'refused', errno: 'ECONNREFUSED', elapsedMs: 0.3, icmp: 'port-unreachable', reply: null },
  decided: 'observed',
  delays: null,
  control: { outcome: 'connected' },
  fate: null,
  cause: 'rejected',
  rules: 'iptables',
  rule: RULE,
  evidence: 'trace',
  journey: [makePacket('syn', { steps: [{ hook: 'input', table: 'filter', chain: 'INPUT', rule: 0, verdict: 'reject' }] })],
  olderFlow: null,
  doubts: [],
};
const CLOSED: Case = {
  ...REJECTED,
  observed: { ...REJECTED.observed, icmp: null },
  control: { outcome: 'refused' },
  cause: 'no-listener',
  rule: null,
};
const UNEXPLAINED: Case = { ...REJECTED, cause: 'unexplained', rule: null, evidence: 'none', journey: [] };
const DROPPED: Case = {
  ...REJECTED,
  observed: { outcome: 'timeout', errno: null, elapsedMs: null, icmp: null, reply: null },
  decided: 'proved',
  cause: 'dropped',
};

const TABLE: [string, Case, Expectation, string, RegExp | null][] = [
  ['the outcome holds', REJECTED, { outcome: 'refused' }, 'passed', null],
  [
    'the outcome does not',
    REJECTED,
    { outcome: 'connected' },
    'failed',
    /expected connected, observed refused \(rejected by rule 0 no-web: -A INPUT -j REJECT\)/,
  ],
  [
    'everything holds',
    REJECTED,
    { outcome: 'refused', cause: 'rejected', rule: 'no-web', icmp: 'port-unreachable', afterMs: 0.1, withinMs: 1 },
    'passed',
    null,
  ],
  ['a rule by its index', REJECTED, { rule: 0 }, 'passed', null],
  ['another rule', REJECTED, { rule: 1 }, 'failed', /expected rule 1 to decide, observed \(rejected by rule 0/],
  ['another rule by name', REJECTED, { rule: 'web' }, 'failed', /expected rule web to decide/],
  ['a rule, but none decided', CLOSED, { rule: 0 }, 'failed', /no rule did/],
  ['another cause', REJECTED, { cause: 'dropped' }, 'failed', /expected the cause dropped, observed refused/],
  ['another answer', REJECTED, { icmp: 'tcp-reset' }, 'failed', /expected tcp-reset, observed port-unreachable/],
  ['an answer, but none', CLOSED, { icmp: 'tcp-reset' }, 'failed', /observed no such answer/],
  ['too late', REJECTED, { withinMs: 0.2 }, 'failed', /expected within 0.2 ms/],
  [
    'too late by no more than its thread waited for a processor',
    { ...REJECTED, delays: { waitedMs: 0.1, messages: 12, tracedMs: 0.025 } },
    { withinMs: 0.2 },
    'inconclusive',
    /expected within 0.2 ms, observed after 0.3 ms, of which its thread stood ready without a processor for up to 0.1 ms: run it again/,
  ],
  [
    '… by no more than that and the trace together',
    { ...REJECTED, delays: { waitedMs: 0.08, messages: 12, tracedMs: 0.025 } },
    { withinMs: 0.2 },
    'inconclusive',
    /for up to 0.08 ms, and to write 12 trace messages may have taken the kernel 0.025 ms of it: allow more/,
  ],
  ['… by more', { ...REJECTED, delays: { waitedMs: 0.05, messages: 12, tracedMs: 0.025 } }, { withinMs: 0.2 }, 'failed', /0.3 ms$/],
  [
    '… and the kernel does not say how long it waited',
    { ...REJECTED, delays: { waitedMs: null, messages: 12, tracedMs: 0.025 } },
    { withinMs: 0.2 },
    'failed',
    /0.3 ms$/,
  ],
  [
    '… and the client saw something else',
    { ...REJECTED, delays: { waitedMs: 1, messages: 12, tracedMs: 0.025 } },
    { outcome: 'connected', withinMs: 0.2 },
    'failed',
    /^expected connected, observed refused \(rejected by [^;]*$/,
  ],
  [
    '… and another rule decided',
    { ...REJECTED, delays: { waitedMs: 1, messages: 12, tracedMs: 0.025 } },
    { rule: 1, withinMs: 0.2 },
    'failed',
    /^expected rule 1/,
  ],
  [
    'in time, after much waiting',
    { ...REJECTED, delays: { waitedMs: 1, messages: 12, tracedMs: 0.025 } },
    { withinMs: 0.4 },
    'passed',
    null,
  ],
  [
    'too early, after much waiting: without it, it would have come earlier still',
    { ...REJECTED, delays: { waitedMs: 1, messages: 12, tracedMs: 0.025 } },
    { afterMs: 1 },
    'failed',
    /expected after 1 ms/,
  ],
  ['too early', REJECTED, { afterMs: 1000 }, 'failed', /expected after 1000 ms/],
  ['a reply that is missing', REJECTED, { reply: 'x' }, 'failed', /observed none/],
  [
    'refused without rules too: they had no part in it',
    CLOSED,
    { outcome: 'refused' },
    'inconclusive',
    /\(nothing listens there\) would be observed without the rules as well: write "expect": "closed"$/,
  ],
  [
    '… and a rule that rejects had a part in it: its word, or a server',
    { ...REJECTED, control: { outcome: 'refused' } },
    { outcome: 'refused' },
    'inconclusive',
    /without the rules as well: write "expect": "rejected", or add a server on 127\.0\.0\.2:80$/,
  ],
  [
    '… in an object with more',
    { ...REJECTED, control: { outcome: 'refused' } },
    { outcome: 'refused', withinMs: 100 },
    'inconclusive',
    /write "cause": "rejected" into its "expect", or add a server on 127\.0\.0\.2:80$/,
  ],
  [
    '… unless the rule is expected and decided',
    { ...REJECTED, control: { outcome: 'refused' } },
    { outcome: 'refused', rule: 0 },
    'passed',
    null,
  ],
  ['… unless its cause is expected', CLOSED, { outcome: 'refused', cause: 'no-listener' }, 'passed', null],
  ['… or the client saw something else', CLOSED, { outcome: 'timeout' }, 'failed', /expected timeout, observed refused/],
  ['an outcome needs no evidence', UNEXPLAINED, { outcome: 'refused' }, 'passed', null],
  ['a cause does', UNEXPLAINED, { cause: 'rejected' }, 'inconclusive', /nothing in the evidence explains it/],
  ['a rule does', UNEXPLAINED, { rule: 0 }, 'inconclusive', /nothing in the evidence/],
  ['an icmp does', UNEXPLAINED, { icmp: 'port-unreachable' }, 'inconclusive', /nothing in the evidence/],
  ['a wrong outcome is wrong without evidence', UNEXPLAINED, { outcome: 'connected', cause: 'service' }, 'failed', /expected connected/],
  ['doubt about the evidence beats all', { ...REJECTED, doubts: ['lost'] }, { outcome: 'refused' }, 'inconclusive', /lost/],
  [
    'what is proved takes the client its whole time limit',
    DROPPED,
    { withinMs: 2000 },
    'failed',
    /expected within 2000 ms, observed after 2500 ms/,
  ],
];

for (const [name, observed, expected, status, reason] of TABLE) {
  t.test(name, async (t) => {
    const judgement = judge({ ...observed, expected });
    t.equal(judgement.status, status);
    t.equal(judgement.reasons.length === 0, reason === null);
    if (reason !== null) {
      t.match(judgement.reasons.join('; '), reason);
    }
  });
}

t.test('explanations and advice', async (t) => {
  t.match(explain(DROPPED), /dropped by rule 0.*Decided by this evidence: the client would have waited 2500 ms/);
  t.match(
    explain({ ...REJECTED, observed: { ...REJECTED.observed, outcome: 'timeout' } }),
    /whose connect\(\) blocks acts only on the error that answers its next SYN/,
  );
  t.match(explain({ ...CLOSED, rule: { ...RULE, text: '-A INPUT -j ACCEPT' } }), /let in by rule 0/);
  t.match(
    explain({ ...REJECTED, from: '::1', observed: { ...REJECTED.observed, elapsedMs: 1023 } }),
    /Over IPv6 a TCP client only notes the error/,
  );
  t.match(explain({ ...REJECTED, observed: { ...REJECTED.observed, elapsedMs: 1023 } }), /whose connect\(\) blocks only notes/);
  const eaten: Case = { ...DROPPED, cause: 'answer-eaten' };
  t.match(advise({ ...eaten, from: '127.0.0.2' }), /Client and server share 127\.0\.0\.2.*-I INPUT 1/);
  t.match(advise({ ...eaten, rule: { ...RULE, isPolicy: true } }), /The answer meets the policy on its way back.*-I INPUT 1/);
  t.match(advise({ ...eaten, rule: { ...RULE, text: '-P INPUT DROP' } }), /The answer meets the rule on its way back/);
  t.match(advise(CLOSED), /Nothing listens on 127\.0\.0\.2:80/);
  const wayless: Case = { ...CLOSED, observed: { ...CLOSED.observed, outcome: 'unreachable', icmp: 'host-unreachable' } };
  t.match(judge({ ...wayless, expected: { outcome: 'connected' } }).reasons, [/observed unreachable \(no way leads there\)/]);
  t.equal(advise(wayless), null);
  const reset: Case = { ...CLOSED, cause: 'service', observed: { ...CLOSED.observed, outcome: 'reset', errno: 'ECONNRESET' } };
  t.match(judge({ ...reset, expected: { outcome: 'connected' } }).reasons, [/observed reset \(by no rule\)/]);
  t.match(explain(reset), /the server did, or a stack that does not know it/);
  t.equal(advise(REJECTED), null);
});

t.test('a policy is named by its text, whatever that is', async (t) => {
  const policy = { ...RULE, index: null, name: null, text: 'all else: DROP', isPolicy: true };
  t.match(explain({ ...DROPPED, rule: policy }), /was dropped by the all else: DROP of INPUT, so/);
  t.match(explain({ ...DROPPED, rules: 'nft', rule: { ...policy, chain: 'in' } }), /was dropped by the all else: DROP of in, so/);
  t.match(judge({ ...DROPPED, rule: policy, expected: { outcome: 'connected' } }).reasons, [/\(dropped by the all else: DROP of INPUT\)$/]);
});

t.test('what ended tells whether the connection stood, whatever its text says', async (t) => {
  const [{ steps } = makePacket('other')] = REJECTED.journey;
  const isRetransmitted = (kind: PacketKind) =>
    explain({ ...DROPPED, journey: [makePacket(kind, { steps })] }).includes('TCP goes on retransmitting');
  const kinds: PacketKind[] = [
    'syn',
    'syn-ack',
    'ack',
    'data',
    'fin',
    'rst',
    'udp',
    'echo',
    'echo-reply',
    'icmp-error',
    'neighbour',
    'fragment',
    'other',
  ];
  t.strictSame(kinds.filter(isRetransmitted), ['ack', 'data', 'fin', 'rst']);
  t.match(
    explain({ ...DROPPED, journey: [makePacket('neighbour', { steps })] }),
    /It asked for a neighbour.*error of a REJECT tells the client nothing/,
  );
  t.notMatch(explain(DROPPED), /neighbour/);
});
