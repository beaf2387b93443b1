// The result of a probe in one short line.
import t from 'tap';
import type { DecidingRule, ProbeResult } from '../../src/model/result.js';
import { makeHeadline } from '../../src/verdict/headline.js';

const seen = (more: Partial<NonNullable<ProbeResult['observed']>>): ProbeResult['observed'] => ({
  ...{ outcome: 'timeout', errno: null, elapsedMs: null, icmp: null, reply: null },
  ...more,
});
const rule: DecidingRule = {
  ...{ index: 0, name: 'no-web', table: 'filter', chain: 'INPUT', text: '-A INPUT -j REJECT' },
  ...{ isPolicy: false, file: null, line: null },
};
const FAILED: Parameters<typeof makeHeadline>[0] = {
  ...{ status: 'failed', expected: { outcome: 'refused' }, observed: seen({}), cause: 'answer-eaten' },
  ...{ rule: null, control: { outcome: 'connected' } },
};

const HEADLINES: [string, Partial<typeof FAILED>][] = [
  ['expected refused, saw timeout, answer-eaten; without the rules connected', {}],
  ['expected refused, saw timeout, answer-eaten; without the rules timeout too', { control: { outcome: 'timeout' } }],
  ['expected refused, saw connected', { observed: seen({ outcome: 'connected' }), cause: 'service', control: null }],
  ['refused, rejected', { status: 'passed', observed: seen({ outcome: 'refused' }), cause: 'rejected' }],
  ['saw timeout, answer-eaten', { status: 'inconclusive', expected: {}, control: null }],
  ['expected by rule "x", saw timeout, answer-eaten, by rule 0 no-web', { expected: { rule: 'x' }, rule, control: null }],
  ['expected by rule 4, saw timeout, answer-eaten, by no rule', { expected: { rule: 4 }, control: null }],
  [
    'expected dropped, port-unreachable, saw timeout, answer-eaten, no such answer',
    { expected: { cause: 'dropped', icmp: 'port-unreachable' }, control: null },
  ],
  [
    'expected connected, reply "hello", within 5 ms, saw connected, reply "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…", after 7 ms',
    {
      expected: { outcome: 'connected', reply: 'hello', withinMs: 5 },
      observed: seen({ outcome: 'connected', reply: 'a'.repeat(60), elapsedMs: 7 }),
      ...{ cause: 'service', control: null },
    },
  ],
  ['could not be made', { status: 'error', observed: null, cause: null }],
];

for (const [headline, more] of HEADLINES) {
  t.test(headline, async (t) => {
    t.equal(makeHeadline({ ...FAILED, ...more }), headline);
  });
}
