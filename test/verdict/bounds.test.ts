// The bounds of what a scenario says of times, replies and counters, and what is missing.
import t from 'tap';
import type { Expectation } from '../../src/model/result.js';
import { judgeCounters } from '../../src/verdict/counters.js';
import { judge } from '../../src/verdict/judge.js';
import { makeCase, NOTHING_SEEN } from './cases.js';

t.test('a time is judged by its bounds, and a client that heard nothing took its whole time limit', async (t) => {
  const judgeTime = (expected: Expectation, elapsedMs: number | null) =>
    judge(makeCase({ expected, observed: { ...NOTHING_SEEN, elapsedMs } })).reasons;
  t.strictSame(judgeTime({ afterMs: 100, withinMs: 100 }, 100), []);
  t.strictSame(judgeTime({ afterMs: 100 }, 99), ['expected after 100 ms at the earliest, observed after 99 ms']);
  t.strictSame(judgeTime({ withinMs: 100 }, 101), ['expected within 100 ms, observed after 101 ms']);
  t.strictSame(judgeTime({ afterMs: 2500, withinMs: 2500 }, null), []);
  t.strictSame(judgeTime({ afterMs: 2501 }, null), ['expected after 2501 ms at the earliest, observed after 2500 ms']);
});

t.test('lateness is excused up to the time that was waited, and no further', async (t) => {
  const judgeLate = (elapsedMs: number, waitedMs: number, tracedMs: number) =>
    judge(makeCase({ expected: { withinMs: 100 }, observed: { ...NOTHING_SEEN, elapsedMs }, delays: { waitedMs, messages: 3, tracedMs } }));
  t.match(judgeLate(110, 10, 0), { status: 'inconclusive', reasons: [/: run it again when the machine has less to do$/] });
  t.match(judgeLate(110, 9, 1), { status: 'inconclusive', reasons: [/: allow more, or let packets match fewer rules$/] });
  t.match(judgeLate(110, 8, 1), { status: 'failed', reasons: ['expected within 100 ms, observed after 110 ms'] });
});

t.test('a reply is quoted, and cut where it is long', async (t) => {
  const judgeReply = (reply: string) => judge(makeCase({ expected: { reply: 'x' }, observed: { ...NOTHING_SEEN, reply } })).reasons;
  t.strictSame(judgeReply('a "b"'), ['expected a reply with "x", observed "a \\"b\\""']);
  t.strictSame(judgeReply('y'.repeat(500)), [`expected a reply with "x", observed "${'y'.repeat(500)}"`]);
  t.strictSame(judgeReply('y'.repeat(501)), [`expected a reply with "x", observed "${'y'.repeat(500)}"…`]);
  t.strictSame(judgeReply('axb'), []);
});

t.test('an outcome that the rules did not make', async (t) => {
  const judgeOutcome = (outcome: 'connected' | 'timeout', more: Parameters<typeof makeCase>[0] = {}) =>
    judge(makeCase({ expected: { outcome }, observed: { ...NOTHING_SEEN, outcome }, control: { outcome }, ...more })).status;
  t.equal(judgeOutcome('timeout'), 'inconclusive');
  t.equal(judgeOutcome('connected'), 'passed', 'a connection is what no rule makes');
  t.equal(judgeOutcome('timeout', { control: null }), 'passed');
});

t.test('an interface that came or went meanwhile has not grown', async (t) => {
  const lo = { interface: 'lo', rx: 1, tx: 1 };
  const eth0 = { interface: 'eth0', rx: 5, tx: 5 };
  const expected = [{ interface: 'eth0', direction: 'rx', expected: '>= 0' }] as const;
  t.match(judgeCounters([...expected], [lo], [lo, eth0]), [{ observed: null, status: 'failed' }]);
  t.match(judgeCounters([...expected], [lo, eth0], [lo]), [{ observed: null, status: 'failed' }]);
  t.match(judgeCounters([...expected], [eth0], [eth0]), [{ observed: 0, status: 'passed' }]);
});

t.test('a counter may be held against its own interface, in either direction', async (t) => {
  const before = [{ interface: 'lo', rx: 0, tx: 0 }];
  const after = [{ interface: 'lo', rx: 3, tx: 4 }];
  const judgeCounter = (direction: 'rx' | 'tx', expected: string) =>
    judgeCounters([{ interface: 'lo', direction, expected }], before, after)[0]?.status;
  t.equal(judgeCounter('tx', '> rx'), 'passed');
  t.equal(judgeCounter('tx', '= rx'), 'failed');
  t.equal(judgeCounter('rx', '< tx'), 'passed');
});
