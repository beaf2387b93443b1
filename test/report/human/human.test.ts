// What the human report shows of one file, of several, on terminals of all widths, and with its options.
import stringWidth from 'string-width';
import t from 'tap';
import type { ProbeResult, Result, ScenarioResult, Warning } from '../../../src/model/result.js';
import { reportHuman } from '../../../src/report/human/human.js';
import type { ReportOptions } from '../../../src/report/shared/reporter.js';
import { readResultFile } from '../../support/result.js';

const base = readResultFile(new URL('../every-status.json', import.meta.url));
const tables = readResultFile(new URL('../phases-and-tables.json', import.meta.url));
const first = base.scenarios[0]!;
const passed = first.probes[0]!;
const failed = first.probes.find(({ status }) => status === 'failed')!;
const plain: ScenarioResult = { ...first, status: 'passed', warnings: [], rules: [], probes: [passed] };

/** A result with these scenarios, and the counts that follow from them. */
function makeResult(...scenarios: ScenarioResult[]): Result {
  const probes = scenarios.flatMap((scenario) => scenario.probes);
  const count = (status: string) => probes.filter((probe) => probe.status === status).length;
  const counts = { passed: count('passed'), failed: count('failed'), inconclusive: count('inconclusive'), errors: count('error') };
  const warnings = scenarios.flatMap((scenario) => scenario.warnings).length;
  const summary = { ...base.summary, ...counts, scenarios: scenarios.length, probes: probes.length, warnings };
  return { ...base, aborted: false, argv: [], summary, scenarios };
}

const report = (result: Result, options: Partial<ReportOptions> = {}) => reportHuman(result, { color: false, ...options });
const blocks = (result: Result, options: Partial<ReportOptions> = {}) => report(result, options).trimEnd().split('\n\n');

const inFile = (file: string, ...probes: ProbeResult[]): ScenarioResult => ({
  ...{ ...plain, file, name: `in ${file}` },
  ...(probes.length === 0 ? {} : { probes, status: probes.some(({ status }) => status === 'failed') ? 'failed' : 'passed' }),
});

t.test('a line for each file; for more than ten files a line for each folder', async (t) => {
  const few = makeResult(inFile('a/1.json'), inFile('a/1.json'), inFile('b/2.json', passed, failed));
  t.strictSame(blocks(few, { columns: 80 })[0]?.split('\n'), [
    '✔ a/1.json  2 scenarios  2 probes',
    '✖ b/2.json   1 scenario  2 probes  1 failed',
  ]);
  const many = makeResult(...Array.from({ length: 11 }, (_, place) => inFile(`${place < 9 ? 'a' : 'b/c'}/${place}.json`)));
  t.strictSame(blocks(many, { columns: 80 })[0]?.split('\n'), ['✔ a    9 scenarios  9 probes', '✔ b/c  2 scenarios  2 probes']);
  t.equal(blocks(few)[0], '✔ in a/1.json  a/1.json  123 ms\n✔ in a/1.json  a/1.json  123 ms\n✖ in b/2.json  b/2.json  123 ms  1 failed');
});

t.test('probes with the same story: it is told once, and the others are named', async (t) => {
  const other = { ...failed, name: 'other', from: '127.0.0.9', line: 20 };
  const [, story, ...others] = blocks(makeResult(inFile('a.json', failed, other), inFile('b.json', failed)), { columns: 80 });
  t.match(story, /^✖ in a\.json › app → web {2,}a\.json:12:7$/m);
  t.match(others.at(-2), /^ {2}the same: other {2,}a\.json:20:7\n {2}the same: in b\.json › app → web {2,}b\.json:12:7$/m);
  const elsewhere = { ...failed, rule: { ...failed.rule!, text: '-A INPUT -j DROP' } };
  t.notMatch(report(makeResult(inFile('a.json', failed, elsewhere))), 'the same:');
  const repeated = Array.from({ length: 9 }, (_, place) => ({ ...failed, name: `app → web #${place + 1}` }));
  t.match(report(makeResult(inFile('a.json', ...repeated))), /^ {2}the same: app → web #2 and 7 more {2}a\.json:12:7$/m);
});

t.test('on a terminal ten stories are told, and the others in short', async (t) => {
  const probes = Array.from({ length: 12 }, (_, place) => ({ ...failed, hint: String.fromCharCode(97 + place) }));
  const result = makeResult(inFile('a.json', ...probes), inFile('b.json'));
  const count = (options: Partial<ReportOptions>) => report(result, options).match(/^ {2}request {2}/gm)?.length;
  t.strictSame([count({ columns: 80 }), count({ columns: 80, isVerbose: true }), count({})], [10, 12, 12]);
  t.match(
    blocks(result, { columns: 80 }).at(-2),
    /^In short.*\n✖ in a\.json.*\n {2}expected refused.*\n✖ in a\.json.*\n {2}expected refused/,
  );
});

t.test('quiet: what did not pass, and the counts', async (t) => {
  const good = makeResult(inFile('a.json'), inFile('b.json'));
  t.equal(report(good, { isQuiet: true }), '✔ 2 passed  2 scenarios, 2 probes, 1.23 s\n');
  const bad = makeResult(inFile('a.json'), inFile('b.json', failed));
  const [story, ...rest] = blocks(bad, { isQuiet: true });
  t.match(story, /^✖ in b\.json › app → web/);
  t.match(rest.at(-1), /^✖ 1 failed, 1 passed .*\n {2}again: loopfw run --grep '\^in b\\\.json\$' b\.json$/);
});

t.test('warnings: with their places for one file, and where they count; otherwise their codes', async (t) => {
  const warning: Warning = { ...first.warnings[0]!, code: 'dead-rule', message: 'never asked' };
  const warned = (file: string): ScenarioResult => ({ ...inFile(file), warnings: [warning, { ...warning, code: 'no-target' }, warning] });
  t.equal(report(makeResult(warned('a.json'))).match(/warning: never asked/g)?.length, 3);
  const two = makeResult(warned('a.json'), inFile('b.json'));
  t.match(report(two), /, 3 warnings .*\n {2}warnings: dead-rule ×2, no-target; --verbose shows them\n$/);
  t.notMatch(report(two), 'never asked');
  for (const options of [{ isVerbose: true }, { countsWarnings: true }, { countsWarnings: true, isQuiet: true }]) {
    t.equal(report(two, options).match(/warning: never asked/g)?.length, 3);
    t.notMatch(report(two, options), '--verbose');
  }
  t.match(report(two, { countsWarnings: true }), /^✖ 2 passed, 3 warnings \(a failure with --strict\)/m);
  const failing = { ...inFile('c.json', failed), warnings: [warning, warning] };
  t.match(report(makeResult(failing, inFile('b.json'))), 'warning: never asked (and 1 more of this kind)');
});

t.test('repetitions that ended in the same way are one row, with the longest time', async (t) => {
  const times = [0.25, 2.34, 0.5];
  const probes = times.map((elapsedMs, place) => ({
    ...passed,
    name: `app → web #${place + 1}`,
    observed: { ...passed.observed!, elapsedMs },
  }));
  const result = makeResult(inFile('a.json', ...probes, { ...passed, name: 'ping' }));
  t.strictSame(blocks(result, { columns: 80 })[0]?.split('\n').slice(1), [
    '  ✔ app → web ×3  connected  ≤ 2.3 ms',
    '  ✔ ping          connected   0.31 ms',
  ]);
  t.equal(blocks(result, { columns: 80, isVerbose: true })[0]?.split('\n').length, 5);
});

t.test('a long name is a line of its own', async (t) => {
  const name = 'a name that is much longer than others are';
  const result = makeResult(inFile('a.json', { ...passed, name }, { ...passed, name: 'short' }));
  t.strictSame(blocks(result, { columns: 60 })[0]?.split('\n').slice(1), [
    `  ✔ ${name}`,
    `${' '.repeat(31)}  connected  0.31 ms`,
    `  ✔ ${'short'.padEnd(27)}  connected  0.31 ms`,
  ]);
});

t.test('the rules that were reached, the slowest scenarios, and an end by a signal', async (t) => {
  const rules = [1, 0, 0, null].map((packets, index) => ({ ...first.rules[0]!, index, packets }));
  const scenarios = ['a', 'b', 'c', 'd'].map((name, place) => ({ ...inFile(`${name}.json`), durationMs: 1000 * place, rules }));
  const result = { ...makeResult(...scenarios), aborted: true };
  t.match(report(result), /\n {2}aborted: .*\n {2}rules: 4 of 12 reached \(33 %\); --coverage lists the other 8\n$/);
  t.match(report(result, { isVerbose: true }), '\n  slowest: in d.json (3.00 s), in c.json (2.00 s), in b.json (1.00 s)\n');
});

t.test('the truth table of a cell that did not pass, before its story', async (t) => {
  const text = report({ ...tables, scenarios: [...tables.scenarios, plain] }, { columns: 100 });
  t.equal(text.match(/^ {2}web-client {2}✖ refused \(expected connected\)$/gm)?.length, 1);
  t.ok(text.indexOf('web-client  ✖ refused') > text.indexOf('still broken › web-client → web'));
});

t.test('no line is wider than the terminal, whatever its width; only the command at the end is not broken', async (t) => {
  for (const result of [base, tables, { ...base, scenarios: [...base.scenarios, ...tables.scenarios] }]) {
    for (const columns of [60, 72, 80, 100, 119, 120, 159, 160, 200]) {
      for (const options of [{}, { isVerbose: true }, { isQuiet: true }]) {
        const lines = report(result, { columns, color: true, ...options }).split('\n');
        const wide = lines.filter((line) => stringWidth(line.replace(/[✔✖▶◀]/g, 'x')) > Math.min(columns, 160) && !line.includes('again:'));
        t.strictSame(wide, [], `${columns}`);
      }
    }
  }
});
