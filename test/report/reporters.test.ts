// The report is a pure function of the result: one of everything, held against goldens. UPDATE=1 writes them anew.
import { readFileSync, writeFileSync } from 'node:fs';
import t from 'tap';
import type { Result } from '../../src/model/result.js';
import type { ReportOptions } from '../../src/report/reporter.js';
import { REPORTERS, type ReporterName } from '../../src/report/reporters.js';

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');
const result = JSON.parse(read('every-status.json')) as Result;

const GOLDENS = {
  'every-status.human.txt': ['human', { color: false }],
  'every-status.human-color.txt': ['human', { color: true }],
  'every-status.tap-13.txt': ['tap', { color: true, tapVersion: 13 }],
  'every-status.tap-14.txt': ['tap', { color: true }],
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
