// When faults begin and end.
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { FaultClock } from '../../../src/inside/faults/clock.js';
import { planFault } from '../../../src/plan/faults/plan.js';
import { parseFault } from '../../../src/run/world/faults/parse.js';

const plan = (keys: string) => planFault(parseFault(`dropped=127.0.0.2:80${keys}`), 0);

/** A clock, and its changes so far: the numbers of faults that ended and that began. */
function makeClock(): { clock: FaultClock; changes: [number, number][] } {
  const changes: [number, number][] = [];
  return { clock: new FaultClock((ended, begun) => changes.push([ended.length, begun.length])), changes };
}

t.test('times count from the start of the program; what falls on one moment is one change', async (t) => {
  const { clock, changes } = makeClock();
  clock.add([plan(''), plan(',for=100ms'), plan(',after=100ms')]);
  t.strictSame(changes, [[0, 2]], 'without `after` at once');
  await sleep(150);
  t.equal(changes.length, 1, 'the program has not started');
  clock.begin();
  await sleep(150);
  t.strictSame(changes.slice(1), [[1, 1]]);
});

t.test('a fault that is added later counts from then', async (t) => {
  const { clock, changes } = makeClock();
  clock.begin();
  await sleep(20);
  clock.add([plan(',after=50ms')]);
  t.strictSame(changes, []);
  await sleep(100);
  t.strictSame(changes, [[0, 1]]);
});

t.test('a fault is ended once, before its time or in force; one that never began changes nothing', async (t) => {
  const { clock, changes } = makeClock();
  const [early, later] = [plan(',for=50ms'), plan(',after=50ms')];
  clock.add([early, later]);
  clock.begin();
  clock.end([early, later]);
  t.strictSame(changes, [
    [0, 1],
    [1, 0],
  ]);
  await sleep(100);
  t.equal(changes.length, 2);
});

t.test('a process without a processor for a long time begins nothing that is over', async (t) => {
  const { clock, changes } = makeClock();
  clock.add([plan(',after=10ms,for=20ms')]);
  clock.begin();
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60);
  await sleep(20);
  t.strictSame(changes, []);
});
