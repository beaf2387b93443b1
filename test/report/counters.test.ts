// Counters of interfaces in the reports.
import { readFileSync } from 'node:fs';
import t from 'tap';
import type { CounterResult, Result } from '../../src/model/result.js';
import { REPORTERS } from '../../src/report/reporters.js';

const base = JSON.parse(readFileSync(new URL('every-status.json', import.meta.url), 'utf8')) as Result;

const COUNTERS: CounterResult[] = [
  { interface: 'eth0', direction: 'tx', expected: '0', observed: 0, status: 'passed' },
  { interface: 'eth0', direction: 'rx', expected: '>= 10', observed: 1, status: 'failed' },
  { interface: 'tun1', direction: 'rx', expected: '12', observed: null, status: 'failed' },
];

function makeResult(counters: CounterResult[]): Result {
  const [scenario] = base.scenarios;
  const status = counters.some((counter) => counter.status === 'failed') ? 'failed' : 'passed';
  const summary = { ...base.summary, scenarios: 1, probes: 0, passed: 0, failed: 0, inconclusive: 0, errors: 0, warnings: 0 };
  return { ...base, aborted: false, summary, scenarios: [{ ...scenario!, status, warnings: [], rules: [], probes: [], counters }] };
}

t.test('people read them below the probes, and how many failed at the end', async (t) => {
  t.equal(
    REPORTERS.human(makeResult(COUNTERS), { color: false }),
    `✖ one of everything  scenarios/every.json  123 ms
  ✔ counter of eth0: tx = 0  0 packets
  ✖ counter of eth0: rx >= 10  failed: 1 packet
  ✖ counter of tun1: rx = 12  failed: no such interface

✖ 2 counters failed, 0 passed  1 scenario, 0 probes, 1.23 s
  again: loopfw run --grep '^one of everything$' scenarios/every.json
`,
  );
  const end = (counters: CounterResult[]) =>
    REPORTERS.human(makeResult(counters), { color: false })
      .split('\n')
      .find((line) => line.includes(' passed'));
  t.equal(end(COUNTERS.slice(0, 1)), '✔ 0 passed  1 scenario, 0 probes, 1.23 s');
  t.equal(end(COUNTERS.slice(0, 2)), '✖ 1 counter failed, 0 passed  1 scenario, 0 probes, 1.23 s');
});

t.test('for a harness each is a point', async (t) => {
  t.equal(
    REPORTERS.tap(makeResult(COUNTERS.slice(0, 2)), { color: false, tapVersion: 13 }),
    `TAP version 13
1..2
ok 1 - one of everything: counter of eth0: tx = 0
not ok 2 - one of everything: counter of eth0: rx >= 10
  ---
  status: "failed"
  file: "scenarios/every.json"
  expected: ">= 10"
  observed: 1
  ...
`,
  );
});

t.test('a scenario that passed has no diagnosis', async (t) => {
  const { scenarios, ...rest } = makeResult(COUNTERS.slice(0, 1));
  t.equal(
    REPORTERS.tap({ ...rest, scenarios: scenarios.map((scenario) => ({ ...scenario, status: 'passed' })) }, { color: false }),
    `TAP version 14
1..1
# Subtest: one of everything
    1..1
    ok 1 - counter of eth0: tx = 0
ok 1 - one of everything
`,
  );
});

t.test('the output of a command keeps its lines', async (t) => {
  const [scenario] = makeResult([]).scenarios;
  const error = { code: 'usage', message: 'it said:\n  a \u001b\nb' } as const;
  const result = { ...makeResult([]), scenarios: [{ ...scenario!, status: 'error' as const, error }] };
  t.equal(
    REPORTERS.human(result, { color: false }).split('\n\n')[0],
    `! one of everything  scenarios/every.json  123 ms
  it said:
    a \\u{1b}
  b
  more: loopfw explain error`,
  );
  t.match(REPORTERS.tap(result, { color: false }), '    message: |\n      it said:\n        a \\u{1b}\n      b\n');
});
