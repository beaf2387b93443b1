// What a file begins with says whether it has one scenario: the sandbox is started before anything is read.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { holdsOneScenario } from '../../../src/input/files/peek.js';

const CASES: [text: string, isOne: boolean][] = [
  ['{"name": "x"}', true],
  ['\uFEFF  {}', true],
  ['// one\n/* [ **/\r\n\t{', true],
  ['[{"name": "x"}]', false],
  ['/* { */ [', false],
  ['// {', false],
  ['/* { ', false],
  ['', false],
  [`${' '.repeat(5000)}{`, false],
];

t.test('a regular file, by its first character that counts', async (t) => {
  const folder = t.testdir();
  for (const [text, isOne] of CASES) {
    const path = join(folder, 'scenario.json');
    writeFileSync(path, text);
    t.equal(holdsOneScenario(path), isOne, JSON.stringify(text.slice(0, 20)));
  }
});

t.test('nothing else is looked into', { timeout: 5000 }, async (t) => {
  const folder = t.testdir();
  const [inner, fifo] = [join(folder, 'inner'), join(folder, 'fifo')];
  mkdirSync(inner);
  execFileSync('mkfifo', [fifo]);
  for (const path of [inner, fifo, join(folder, 'missing'), '-']) {
    t.equal(holdsOneScenario(path), false, path);
  }
});

t.test('many comments take no time', { timeout: 5000 }, async (t) => {
  const path = join(t.testdir({ file: '/**/'.repeat(1000) }), 'file');
  t.equal(holdsOneScenario(path), false);
});
