// The report is a pure function of the result: one of everything, held against goldens. UPDATE=1 writes them anew.
import { readFileSync, writeFileSync } from 'node:fs';
import t from 'tap';
import type { Result } from '../../src/model/result.js';
import { REPORTERS } from '../../src/report/reporters.js';

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');
const result = JSON.parse(read('every-status.json')) as Result;

for (const [name, golden, color] of [
  ['human', 'every-status.human.txt', false],
  ['human', 'every-status.human-color.txt', true],
] as const) {
  t.test(golden, async (t) => {
    const text = REPORTERS[name](result, { color });
    if (process.env['UPDATE'] === '1') {
      writeFileSync(new URL(golden, import.meta.url), text);
    }
    t.equal(text, read(golden));
  });
}

t.test('json is the document itself', async (t) => {
  t.strictSame(JSON.parse(REPORTERS.json(result, { color: true })), result);
});
