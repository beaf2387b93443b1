import t from 'tap';
import { judgeCounters } from '../../src/verdict/counters.js';

const BEFORE = [
  { interface: 'lo', rx: 10, tx: 10 },
  { interface: 'eth0', rx: 3, tx: 1 },
];
const AFTER = [
  { interface: 'lo', rx: 14, tx: 14 },
  { interface: 'eth0', rx: 5, tx: 1 },
];

const judge = (name: string, direction: 'rx' | 'tx', expected: string) =>
  judgeCounters([{ interface: name, direction, expected }], BEFORE, AFTER).map(({ observed, status }) => [observed, status])[0];

t.test('a counter is judged by how much it grew', async (t) => {
  t.strictSame(judge('lo', 'rx', '4'), [4, 'passed']);
  t.strictSame(judge('lo', 'rx', '14'), [4, 'failed']);
  t.strictSame(judge('lo', 'rx', '= tx'), [4, 'passed']);
  t.strictSame(judge('eth0', 'rx', '= tx'), [2, 'failed']);
  t.strictSame(judge('eth0', 'tx', '0'), [0, 'passed']);
  t.strictSame(judge('eth0', 'tx', '= 0'), [0, 'passed']);
  t.strictSame(
    ['> 1', '> 2', '>= 2', '>= 3', '< 3', '< 2', '<= 2', '<= 1'].map((expected) => judge('eth0', 'rx', expected)?.[1]),
    ['passed', 'failed', 'passed', 'failed', 'passed', 'failed', 'passed', 'failed'],
  );
});

t.test('an interface that is not there fails', async (t) => {
  t.strictSame(judge('eth7', 'rx', '0'), [null, 'failed']);
});
