// What is said of each cause, when more is said, and when there is advice.
import t from 'tap';
import type { Case } from '../../src/verdict/case.js';
import { explain } from '../../src/verdict/explain.js';
import { describeWhatHappened } from '../../src/verdict/what-happened.js';
import { advise, makeCase, makeStep, NOTHING_SEEN, RULE } from './cases.js';
import { makePacket } from './packets.js';

const PORT_UNREACHABLE = { ...NOTHING_SEEN, icmp: 'port-unreachable' } as const;
const REJECTED_SYN = makePacket('syn', { steps: [makeStep('reject')] });
const REJECTED_DATA = makePacket('data', { steps: [makeStep('accept'), makeStep('reject')] });

const rejected = (more: Partial<Case>) => explain(makeCase({ cause: 'rejected', journey: [REJECTED_SYN], ...more }));

t.test('a rejection that the client did not act on', async (t) => {
  const request = 'The request was rejected by rule 0 no-web';
  t.equal(rejected({ observed: NOTHING_SEEN }), `${request}; no answer was seen, so it waited in vain.`);
  t.equal(
    rejected({ observed: PORT_UNREACHABLE, protocol: 'udp' }),
    `${request}; the answer (port-unreachable) came through, but a client of this kind does not act on it, so it waited in vain.`,
  );
  t.equal(
    rejected({ observed: PORT_UNREACHABLE, from: '::1', timeoutMs: 500 }),
    `${request}; the answer (port-unreachable) came through, but over IPv6 a TCP client acts only on the error that answers its next SYN, a second later: with a limit of 500 ms it waited in vain.`,
  );
  t.match(rejected({ observed: PORT_UNREACHABLE, timeoutMs: 500 }), /a TCP client whose connect\(\) blocks acts only on the error/);
  t.match(
    rejected({ observed: PORT_UNREACHABLE, journey: [REJECTED_DATA] }),
    /the answer \(port-unreachable\) came through; but an established TCP connection only notes an ICMP error .* TCP goes on retransmitting it/,
  );
  t.match(rejected({ observed: NOTHING_SEEN, journey: [REJECTED_DATA] }), /no answer was seen/);
});

t.test('a rejection that the client acted on', async (t) => {
  const told = (observed: Partial<Case['observed']>, more: Partial<Case> = {}) =>
    rejected({ observed: { ...NOTHING_SEEN, outcome: 'refused', ...observed }, ...more });
  t.equal(told({ icmp: null }), 'The request was rejected by rule 0 no-web, and the answer told the client.');
  t.equal(
    told({ icmp: 'port-unreachable', elapsedMs: 899 }, { journey: [REJECTED_DATA] }),
    'The request was rejected by rule 0 no-web, and the answer (port-unreachable) told the client.',
  );
  t.match(told({ icmp: 'port-unreachable', elapsedMs: 900 }), /A TCP client whose connect\(\) blocks only notes the error/);
  t.match(told({ icmp: 'port-unreachable', elapsedMs: 900 }, { from: '::1' }), /Over IPv6 a TCP client only notes the error/);
  for (const [observed, more] of [
    [{ icmp: 'port-unreachable', elapsedMs: 1000 }, { protocol: 'udp' }],
    [{ icmp: 'tcp-reset', elapsedMs: 1000 }, {}],
    [{ icmp: null, elapsedMs: 1000 }, {}],
    [{ icmp: 'port-unreachable', elapsedMs: null }, {}],
  ] satisfies [Partial<Case['observed']>, Partial<Case>][]) {
    t.match(told(observed, more), /told the client\.$/, JSON.stringify({ ...observed, ...more }));
  }
});

t.test('a connection whose ACK was ended', async (t) => {
  const connected = (more: Partial<Case>) =>
    explain(makeCase({ cause: 'service', rule: null, observed: { ...NOTHING_SEEN, outcome: 'connected' }, ...more }));
  const whole = 'The request reached the server, and its answer reached the client.';
  const ack = makePacket('ack', { fate: 'ended' });
  t.equal(
    connected({ journey: [ack] }),
    `${whole} But the next packet of the client, its ACK, was ended on its way: a probe with "send" shows whether data gets through.`,
  );
  t.equal(connected({ journey: [makePacket('ack', { fate: 'arrived' })] }), whole);
  t.equal(connected({ journey: [makePacket('ack', { fate: 'ended', direction: 'answer' })] }), whole, "not the client's");
  t.equal(connected({ journey: [makePacket('syn', { fate: 'ended' })] }), whole, 'a retransmission follows a SYN');
});

t.test('a drop', async (t) => {
  t.equal(explain(makeCase()), 'The request was dropped by rule 0 no-web, so nothing ever answered.');
  t.equal(explain(makeCase({ rule: null })), 'The request was dropped by a rule, so nothing ever answered.');
  t.match(explain(makeCase({ journey: [makePacket('data', { steps: [makeStep('drop')] })] })), /TCP goes on retransmitting it/);
  t.notMatch(explain(makeCase({ journey: [makePacket('data', { steps: [makeStep('accept')] })] })), /retransmitting/, 'none was ended');
  t.match(explain(makeCase({ decided: 'proved' })), /Decided by this evidence: the client would have waited 2500 ms for nothing\.$/);
});

t.test('an answer, by a server, by a stack, by nobody', async (t) => {
  const answered = (outcome: Case['observed']['outcome'], more: Partial<Case>) =>
    explain(makeCase({ observed: { ...NOTHING_SEEN, outcome }, journey: [makePacket('syn')], ...more }));
  const served = 'The request reached the server';
  t.equal(answered('connected', { cause: 'service', rule: null }), `${served}, and its answer reached the client.`);
  t.equal(answered('connected', { cause: 'service' }), `${served} (let in by rule 0 no-web), and its answer reached the client.`);
  t.match(answered('reset', { cause: 'service', rule: null }), /^No rule ended what was sent; who received it reset the connection/);
  const unheard = 'The request reached the stack; nothing listens there, so the stack itself answered.';
  const closed = (icmp: Case['observed']['icmp']) =>
    explain(makeCase({ cause: 'no-listener', rule: null, observed: { ...NOTHING_SEEN, outcome: 'refused', icmp } }));
  t.equal(closed(null), unheard);
  t.equal(closed('port-unreachable'), unheard);
  t.match(closed('host-unreachable'), /no way led to where it should go, so a stack on its way answered \(host-unreachable\)/);
});

t.test('silence, and how far the request came', async (t) => {
  const silent = (...hooks: ('output' | 'prerouting' | 'input')[]) =>
    explain(
      makeCase({ cause: 'silent', rule: null, journey: [makePacket('syn', { steps: hooks.map((hook) => makeStep('accept', { hook })) })] }),
    );
  const story = 'No rule ended the request, and nothing answered it.';
  t.equal(silent('output', 'input'), story);
  t.equal(silent('prerouting', 'input'), story);
  t.match(silent('output'), /It left, and no chain behind its way out saw it/);
  t.equal(silent('prerouting'), story);
  const fate = { kind: 'left', device: 'br0', ends: '127.0.0.1 → 192.0.2.2:8000' } as const;
  const left = makeCase({ cause: 'silent', rule: null, fate });
  t.equal(explain(left), 'No rule ended the request: it left by br0 as 127.0.0.1 → 192.0.2.2:8000, and nothing came back.');
  t.equal(describeWhatHappened(left), ' (the request left, and no answer came)');
  t.match(explain(makeCase({ cause: 'silent', rule: null, journey: [] })), /It left, and no chain/);
});

t.test('no packet, and no evidence', async (t) => {
  const local = (outcome: Case['observed']['outcome'], errno: string | null) =>
    explain(makeCase({ cause: 'local', rule: null, journey: [], observed: { ...NOTHING_SEEN, outcome, errno } }));
  t.equal(local('reset', 'ECONNRESET'), 'No packet left the client: its connection had been reset before (ECONNRESET).');
  t.match(local('reset', null), /reset before \(no errno\)/);
  t.match(local('unreachable', 'ENETUNREACH'), /its own stack said ENETUNREACH \(routing/);
  t.match(local('denied', 'EACCES'), /said EACCES \(a broadcast address, or a route or rule that prohibits it\)/);
  t.match(local('unreachable', 'ENOTCONN'), /it has no connection/);
  t.equal(explain(makeCase({ cause: 'unexplained', rule: null })), 'The evidence does not show why.');
});

t.test('in brackets behind an outcome', async (t) => {
  const describe = (cause: Case['cause'], outcome: Case['observed']['outcome'], more: Partial<Case> = {}) =>
    describeWhatHappened(makeCase({ cause, observed: { ...NOTHING_SEEN, outcome }, ...more }));
  const left = [makePacket('syn', { steps: [makeStep('accept', { hook: 'output' })] })];
  t.equal(describe('dropped', 'timeout'), ' (dropped by rule 0 no-web: -A INPUT -j DROP)');
  t.equal(describe('dropped', 'timeout', { rule: { ...RULE, name: null } }), ' (dropped by rule 0: -A INPUT -j DROP)');
  t.equal(describe('dropped', 'timeout', { journey: left }), ' (dropped by rule 0 no-web: -A INPUT -j DROP)');
  t.equal(describe('rejected', 'unreachable', { rule: null }), ' (rejected)');
  t.equal(describe('dropped', 'reset', { rule: null }), ' (dropped)');
  t.equal(describe('service', 'connected'), ' (the server answered)', 'whichever rule let it in');
  t.equal(describe('service', 'reset'), ' (by no rule)');
  t.equal(describe('no-listener', 'refused'), ' (nothing listens there)');
  t.equal(describe('no-listener', 'unreachable'), ' (no way leads there)');
  t.equal(describe('silent', 'timeout', { rule: null }), ' (the request arrived, no answer was sent)');
  t.equal(describe('silent', 'timeout', { rule: null, journey: left }), ' (the request left, and is not seen to have arrived)');
});

t.test('advice where there is any', async (t) => {
  const getAdvice = (
    cause: Case['cause'],
    outcome: Case['observed']['outcome'],
    expected: Case['expected'] = {},
    errno: string | null = null,
  ) => advise(makeCase({ cause, expected, observed: { ...NOTHING_SEEN, outcome, errno } }));
  t.equal(getAdvice('service', 'connected'), null);
  t.equal(getAdvice('local', 'reset'), null);
  t.match(getAdvice('local', 'unreachable'), /^Nothing in the world leads to 127\.0\.0\.2: /);
  t.match(getAdvice('local', 'denied', {}, 'EACCES'), /if 127\.0\.0\.2 is a broadcast address: only a socket with SO_BROADCAST/);
  t.equal(getAdvice('local', 'unreachable', {}, 'ENOTCONN'), null);
  t.match(getAdvice('dropped', 'timeout', { outcome: 'unreachable' }), /A DROP sends nothing back/);
  t.equal(getAdvice('dropped', 'denied', { outcome: 'denied' }), null);
  t.equal(getAdvice('dropped', 'timeout', { outcome: 'timeout' }), null);
  t.equal(getAdvice('rejected', 'timeout'), null, 'no answer was seen');
});
