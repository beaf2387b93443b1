// The report is a pure function of the result: one of everything, held against goldens. UPDATE=1 writes them anew.
import { readFileSync, writeFileSync } from 'node:fs';
import t from 'tap';
import type { DecidingRule } from '../../src/model/result.js';
import { printJson } from '../../src/report/ci/json.js';
import { type ReporterName, REPORTERS } from '../../src/report/reporters.js';
import type { ReportOptions } from '../../src/report/shared/reporter.js';
import { mergeResults } from '../../src/run/merge.js';
import { readResultFile } from '../support/result.js';

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');
const result = readResultFile(new URL('every-status.json', import.meta.url));

const GOLDENS = {
  'every-status.human.txt': ['human', { color: false }],
  'every-status.human-color.txt': ['human', { color: true }],
  'every-status.human-60.txt': ['human', { color: false, columns: 60 }],
  'every-status.human-160.txt': ['human', { color: false, columns: 160, isVerbose: true }],
  'every-status.human-quiet.txt': ['human', { color: false, columns: 80, isQuiet: true }],
  'every-status.tap-13.txt': ['tap', { color: true, tapVersion: 13 }],
  'every-status.tap-14.txt': ['tap', { color: true }],
  'ci/every-status.junit.xml': ['junit', { color: true }],
  'ci/every-status.github.txt': ['github', { color: true }],
  'ci/every-status.markdown.md': ['markdown', { color: true }],
  'ci/every-status.ctrf.json': ['ctrf', { color: true }],
} satisfies Record<string, [ReporterName, ReportOptions]>;

for (const [golden, [name, options]] of Object.entries(GOLDENS) as [string, [ReporterName, ReportOptions]][]) {
  t.test(golden, async (t) => {
    const text = REPORTERS[name](result, options);
    if (process.env['UPDATE'] === '1') {
      writeFileSync(new URL(golden, import.meta.url), text);
    }
    t.equal(text, read(golden));
  });
}

t.test('json is the document itself', async (t) => {
  t.strictSame(JSON.parse(REPORTERS.json(result, { color: true })), result);
});

t.test('json in parts is the text that one call would print', async (t) => {
  const [scenario] = result.scenarios;
  const many = Array.from({ length: 1001 }, (_, index) => ({ ...scenario!.probes[0]!, index }));
  const lists = [
    result.scenarios,
    [],
    [{ ...scenario!, probes: [] }],
    [scenario!, { ...scenario!, probes: many }, { ...scenario!, name: '\n      "probes": []' }],
  ];
  for (const scenarios of lists) {
    const document = { ...result, scenarios };
    t.equal(REPORTERS.json(document, { color: false }), `${JSON.stringify(document, null, 2)}\n`);
    t.equal(
      [...printJson(document)].length > 1,
      scenarios.some(({ probes }) => probes === many),
    );
  }
});

t.test('who decided, by the data: a policy of iptables, one of nft, a rule', async (t) => {
  const show = (change: Partial<DecidingRule>) => {
    const [scenario] = result.scenarios;
    const probes = scenario!.probes.map((probe) => ({ ...probe, rule: probe.rule && { ...probe.rule, ...change } }));
    const text = REPORTERS.human({ ...result, scenarios: [{ ...scenario!, probes }] }, { color: false });
    return /a policy decides .*dropped (.*)/.exec(text)?.[1];
  };
  t.equal(show({ text: 'all else in INPUT DROP' }), 'by the policy all else in INPUT DROP');
  t.equal(show({ chain: 'in', text: 'policy drop' }), 'by the policy drop of in');
  t.equal(show({ index: 7, text: '-P INPUT DROP' }), 'by the policy -P INPUT DROP');
  t.equal(show({ index: 7, text: '-P INPUT DROP', isPolicy: false }), 'by rule 7: -P INPUT DROP');
});

t.test('what was sent again stands once, whatever its data', async (t) => {
  const lines = (fragment: boolean) => {
    const [scenario] = result.scenarios;
    const probes = scenario!.probes.map((probe) => ({
      ...probe,
      journey: probe.journey.flatMap((packet) => [packet, { ...packet, fragment }]),
    }));
    return REPORTERS.human({ ...result, scenarios: [{ ...scenario!, probes }] }, { color: false }).match(/^ +request +tcp syn .*$/gm);
  };
  t.strictSame(lines(false), lines(true));
  t.match(lines(true), [/\(2 times\)$/]);
});

t.test('the parts of a run, merged, give the reports of the whole', async (t) => {
  const scenarios = result.scenarios.map((scenario, place) => ({ ...scenario, file: `scenarios/${place}.json` }));
  const whole = { ...result, scenarios };
  const parts = scenarios.map((scenario) => ({ ...result, scenarios: [scenario] }));
  for (const [name, reporter] of Object.entries(REPORTERS)) {
    t.equal(reporter(mergeResults(parts.reverse()), { color: false }), reporter(whole, { color: false }), name);
  }
});
