// Result documents that loopfw does not take, and what it says of them.
import { readFileSync } from 'node:fs';
import t from 'tap';
import { parseResult } from '../../src/input/parse-result.js';
import type { Result } from '../../src/model/result.js';

const text = readFileSync(new URL('../report/every-status.json', import.meta.url), 'utf8');
const read = () => JSON.parse(text) as Partial<Result>;

t.test('a document of an earlier loopfw: one line says what to do', async (t) => {
  const { startedAt: _, argv: _argv, root: _root, ...earlier } = read();
  const scenarios = earlier.scenarios?.map(({ phases: _phases, ...rest }) => rest);
  t.match(parseResult(JSON.stringify({ ...earlier, scenarios }), 'old.json'), [
    { file: 'old.json', line: 1, column: 1, message: /^an earlier loopfw \(0\.1\.0\) wrote this document.*run the scenarios again/ },
  ]);
});

t.test('a member that is missing has its place', async (t) => {
  const { argv: _, ...rest } = read();
  t.match(parseResult(JSON.stringify(rest), 'x.json'), [{ message: 'missing key "argv"' }]);
});
