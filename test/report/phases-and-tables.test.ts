// Phases, truth tables and journeys of several rule sets, held against goldens. UPDATE=1 writes them anew.
import { readFileSync, writeFileSync } from 'node:fs';
import t from 'tap';
import type { RuleResult } from '../../src/model/result.js';
import { type ReporterName, REPORTERS } from '../../src/report/reporters.js';
import type { ReportOptions } from '../../src/report/shared/reporter.js';
import { getRuleSet } from '../../src/report/shared/labels.js';
import { readResultFile } from '../support/result.js';

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');
const result = readResultFile(new URL('phases-and-tables.json', import.meta.url));

const GOLDENS: Record<string, [ReporterName, ReportOptions]> = {
  'phases-and-tables.human.txt': ['human', { color: false }],
  'phases-and-tables.human-color.txt': ['human', { color: true }],
  'phases-and-tables.human-80.txt': ['human', { color: false, columns: 80 }],
  'phases-and-tables.tap-14.txt': ['tap', { color: false }],
};

for (const [golden, [name, options]] of Object.entries(GOLDENS)) {
  t.test(golden, async (t) => {
    const text = REPORTERS[name](result, options);
    if (process.env['UPDATE'] === '1') {
      writeFileSync(new URL(golden, import.meta.url), text);
    }
    t.equal(text, read(golden));
  });
}

t.test('a wide table is shown in parts', async (t) => {
  const [scenario] = result.scenarios;
  const [cell] = scenario!.probes.filter(({ matrix }) => matrix !== null);
  const probes = Array.from({ length: 30 }, (_, place) => ({ ...cell!, matrix: { client: 'app', server: `server-${place}` } }));
  const lines = REPORTERS.human({ ...result, scenarios: [{ ...scenario!, probes }] }, { color: false }).split('\n');
  t.equal(lines.filter((line) => /^ +server-/.test(line)).length, 4);
  t.equal(Math.max(...lines.slice(1, 9).map((line) => line.length)), 104, 'another column would make it wider than 112');
});

t.test('a rule set stays until another phase brings one', async (t) => {
  const rules = ([null, 'b', 'x'] as const).map((phase): RuleResult => ({ ...result.scenarios[0]!.rules[0]!, phase }));
  const [probe] = result.scenarios[0]!.probes;
  const getPhases = (probers: (string | null)[], phase: string | null) =>
    getRuleSet({ rules, probes: probers.map((own) => ({ ...probe!, phase: own })) }, phase).map((rule) => rule.phase);
  t.strictSame(getPhases(['a', 'b', 'c', 'x'], 'a'), [null]);
  t.strictSame(getPhases(['a', 'b', 'c', 'x'], 'b'), ['b']);
  t.strictSame(getPhases(['a', 'b', 'c', 'x'], 'c'), ['b']);
  t.strictSame(getPhases([null, 'a', 'c', 'd'], null), [null]);
  // b and x have no probe of their own, so they are for those who come later.
  t.strictSame(getPhases(['c'], 'c'), ['x']);
});
