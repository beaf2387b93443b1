// How much of their rules the probes of a run reached, and how that is said.
import t from 'tap';
import { describeLowCoverage } from '../../../src/cli/output/coverage.js';
import type { Result, RuleResult } from '../../../src/model/result.js';
import { getCoverage } from '../../../src/report/shared/coverage.js';
import { readResultFile } from '../../support/result.js';

const base = readResultFile(new URL('../every-status.json', import.meta.url));
const rule: RuleResult = {
  ...{ index: 0, name: null, text: '-A INPUT -j DROP', table: 'filter', chain: 'INPUT', target: 'DROP' },
  ...{ phase: null, file: null, line: null, packets: 0, bytes: 0 },
};

const NOTHING = { counted: 0, reached: 0, never: 0, unsendable: 0, missing: 0, unknown: 0, percent: 100, unreached: [] };

/** A run of one scenario with these rules, by their packets. */
function makeResult(packets: (number | null)[], more: Partial<RuleResult> = {}): Result {
  const rules = packets.map((count, index) => ({ ...rule, index, packets: count, ...more }));
  return { ...base, scenarios: [{ ...base.scenarios[0]!, rules }] };
}

t.test('an entry without a counter does not count', async (t) => {
  t.match(getCoverage(makeResult([3, 0, null, 1])), { counted: 3, reached: 2, percent: 200 / 3, unreached: [{ rules: [{ index: 1 }] }] });
  t.strictSame(getCoverage(makeResult([null])), NOTHING);
  t.strictSame(getCoverage({ ...base, scenarios: [] }), NOTHING);
});

t.test('too little is said in one line, rounded down', async (t) => {
  const coverage = getCoverage(makeResult([1, 1, 0]));
  t.equal(describeLowCoverage(coverage, 66.6), null);
  t.equal(
    describeLowCoverage(coverage, 66.7),
    'rule coverage: expected at least 66.7 %, observed 66.6 % (2 of 3 rules that a probe can reach); --coverage lists the others',
  );
  t.equal(describeLowCoverage(getCoverage(makeResult([1])), 100), null);
});

t.test('what no probe can reach does not count', (t) => {
  const classes = ['never', 'unsendable', 'unknown'] as const;
  const rules = [
    { ...rule, packets: 3 },
    ...classes.map((each, index) => ({ ...rule, index: index + 1, unreached: { class: each, why: 'so', probe: null, adds: null } })),
    {
      ...rule,
      index: 4,
      unreached: { class: 'missing' as const, why: null, probe: { from: 'a', to: 'b', expect: 'dropped' }, adds: null },
    },
    { ...rule, index: 5 },
  ];
  const coverage = getCoverage({ ...base, scenarios: [{ ...base.scenarios[0]!, rules }] });
  t.match(coverage, { counted: 6, reached: 1, never: 1, unsendable: 1, missing: 1, unknown: 2, percent: 25 });
  t.equal(describeLowCoverage(coverage, 25), null);
  t.end();
});
