// An answer that a rule ended: what is said of it, and how it can be let through.
import t from 'tap';
import type { Case } from '../../src/verdict/case.js';
import { explain } from '../../src/verdict/explain.js';
import { advise, makeCase, makeStep, RULE } from './cases.js';
import { makePacket } from './packets.js';

const ACCEPTED = makePacket('syn', { steps: [makeStep('accept', { hook: 'output', chain: 'OUTPUT' }), makeStep('accept')] });
const REJECTED = makePacket('syn', { steps: [makeStep('accept', { hook: 'output', chain: 'OUTPUT' }), makeStep('reject')] });
const EATEN = makePacket('syn-ack', {
  packet: 'the answer',
  steps: [makeStep('accept', { hook: 'output', chain: 'OUTPUT' }), makeStep('drop')],
});

const makeEaten = (more: Partial<Case>) => makeCase({ cause: 'answer-eaten', journey: [ACCEPTED, EATEN], ...more });

t.test('what became of the request, and which packet was its answer', async (t) => {
  const end = 'was ended by rule 0 no-web: the client never learned of it.';
  t.equal(explain(makeEaten({})), `The request was accepted, but its answer (the answer) ${end}`);
  t.equal(explain(makeEaten({ journey: [REJECTED, EATEN] })), `The request was rejected, but its answer (the answer) ${end}`);
  t.equal(
    explain(makeEaten({ journey: [ACCEPTED, makePacket('ack', { packet: 'another', steps: [makeStep('accept')] }), EATEN] })),
    `The request was accepted, but its answer (the answer) ${end}`,
  );
  const eatenByReject = { ...EATEN, steps: [makeStep('accept'), makeStep('reject')] };
  t.match(explain(makeEaten({ journey: [ACCEPTED, eatenByReject] })), /its answer \(the answer\) was ended/);
  const error = makePacket('icmp-error', { packet: 'an error', steps: [makeStep('drop')] });
  t.match(explain(makeEaten({ journey: [ACCEPTED, error] })), /^No rule ended the request\. The stack .* answered \(an error\), and this/);
  t.equal(explain(makeEaten({ journey: [REJECTED] })), `The request was rejected, but its answer ${end}`);
  t.equal(explain(makeEaten({ journey: [] })), `The request was accepted, but its answer ${end}`);
});

t.test('answers are let in at the head of the chain of the hook where they were ended', async (t) => {
  const getAdvice = (more: Partial<Case>) => advise(makeEaten(more));
  const state = '-m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT';
  t.equal(getAdvice({}), `The answer meets the rule on its way back: accept the answers first: -I INPUT 1 ${state}.`);
  t.match(getAdvice({ rule: { ...RULE, isPolicy: true } }), /^The answer meets the policy on its way back/);
  t.match(getAdvice({ rule: null }), new RegExp(`^The answer meets the rule .*: -I INPUT 1 ${state}`));
  t.match(getAdvice({ rule: { ...RULE, table: 'mangle', chain: 'OUTPUT' }, journey: [] }), /first: -t mangle -I OUTPUT 1 -m/);
  const inUserChain = { ...EATEN, steps: [makeStep('drop', { hook: 'output', chain: 'web' })] };
  t.match(getAdvice({ rule: { ...RULE, chain: 'web' }, journey: [ACCEPTED, inUserChain] }), /first: -I OUTPUT 1 -m/);
  const ofOtherTable = { ...inUserChain, steps: [...inUserChain.steps, makeStep('drop', { table: 'mangle', chain: 'web' })] };
  t.match(getAdvice({ rule: { ...RULE, chain: 'web' }, journey: [ACCEPTED, ofOtherTable] }), /first: -I OUTPUT 1 -m/);
  t.match(getAdvice({ rule: { ...RULE, table: 'raw' } }), /narrow the rule so that it does not match the answers/);
});

t.test('a client and a server that share an address are told apart, where a rule rejects', async (t) => {
  const shared = (more: Partial<Case>) => advise(makeEaten({ from: '127.0.0.2', journey: [REJECTED, EATEN], ...more }));
  t.match(
    shared({}),
    /^Client and server share 127\.0\.0\.2.*\. Accept the answers first: .*an address of its own, such as 127\.0\.0\.2, and the rule -d with/,
  );
  t.match(shared({ rules: 'nft' }), /Accept the answers first: ct state .* and the rule ip daddr with that address\.$/);
  t.match(shared({ journey: [ACCEPTED, EATEN] }), /^The answer meets the rule/);
  t.match(shared({ journey: [] }), /^The answer meets the rule/);
  t.match(shared({ from: '127.0.0.1' }), /^The answer meets the rule/);
  t.notMatch(shared({ from: '::1', to: { address: '::1', port: 80 } }), /an address of its own/, 'of IPv6 there is one alone');
});

t.test('in a native rule set the table and the hook are told where they are known', async (t) => {
  const rule = { ...RULE, table: 'fw', chain: 'in' };
  const step = makeStep('drop', { table: 'fw', chain: 'in' });
  const native = (more: Partial<Case>) => advise(makeEaten({ rules: 'nft', rule, ...more }));
  t.match(native({ journey: [ACCEPTED, { ...EATEN, steps: [step] }] }), /at the head of the chain "in" \(table fw, hook input\)/);
  t.match(native({ journey: [ACCEPTED] }), /at the head of the chain\.$/);
});

t.test('an answer from another address is no advice where it is none', async (t) => {
  const answer = makePacket('udp', { source: '127.0.0.9:80', destination: '127.0.0.1:40000' });
  const other = (more: Partial<Case>) =>
    advise(makeCase({ cause: 'unexplained', protocol: 'udp', journey: [makePacket('udp'), answer], ...more }));
  t.match(other({}), /The answer did not come from 127\.0\.0\.2/);
  t.equal(other({ protocol: 'tcp' }), null);
  t.equal(other({ observed: { ...makeCase().observed, outcome: 'connected' } }), null);
  t.equal(other({ journey: [makePacket('udp')] }), null);
  t.equal(other({ journey: [makePacket('udp'), { ...answer, kind: 'data' }] }), null);
});
