// How far a long run has come, on a terminal and nowhere else.
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { describeProgress } from '../../../src/cli/output/progress.js';
import { loopfw, run } from '../../support/loopfw.js';
import { getPackage } from '../../support/package.js';

t.test('the line', async (t) => {
  const cases: [Parameters<typeof describeProgress>[0], string][] = [
    [{ done: 0, total: null, notPassed: 0, isTrying: false, elapsedMs: 600 }, 'reading scenarios'],
    [{ done: 0, total: 1000, notPassed: 0, isTrying: false, elapsedMs: 600 }, '0 of 1000 scenarios'],
    [{ done: 0, total: 1, notPassed: 0, isTrying: false, elapsedMs: 600 }, '0 of 1 scenario'],
    [
      { done: 128, total: 1000, notPassed: 2, isTrying: false, elapsedMs: 512 },
      '128 of 1000 scenarios, 2 not passed, 250 a second, 4 s left',
    ],
    [{ done: 5, total: 50, notPassed: 0, isTrying: false, elapsedMs: 2000 }, '5 of 50 scenarios, 2.5 a second, 18 s left'],
    [
      { done: 1, total: 10, notPassed: 1, isTrying: false, elapsedMs: 15_000 },
      '1 of 10 scenarios, 1 not passed, 4.0 a minute, 2 min 15 s left',
    ],
    [{ done: 10, total: 20_000, notPassed: 0, isTrying: false, elapsedMs: 5000 }, '10 of 20000 scenarios, 2.0 a second, 2 h 46 min left'],
    [{ done: 10, total: 10, notPassed: 0, isTrying: false, elapsedMs: 1000 }, '10 of 10 scenarios, 10 a second'],
    [{ done: 1, total: 2, notPassed: 0, isTrying: false, elapsedMs: 0 }, '1 of 2 scenarios'],
    [{ done: 0, total: 1, notPassed: 0, isTrying: true, elapsedMs: 3000 }, '0 of 1 scenario, trying advice'],
  ];
  for (const [progress, line] of cases) {
    t.equal(describeProgress(progress, 80), line);
  }
  t.equal(describeProgress({ done: 128, total: 1000, notPassed: 2, isTrying: false, elapsedMs: 512 }, 21), '128 of 1000 scenario');
  t.equal(describeProgress({ done: 1, total: 2, notPassed: 0, isTrying: false, elapsedMs: 1 }, 0), '');
});

/** Three scenarios of a second each, one after the other. */
const SUITE = JSON.stringify(
  ['a', 'b', 'c'].map((name) => ({
    name,
    rules: ['-A INPUT -d 127.0.0.2 -j DROP'],
    probes: [
      {
        from: '127.0.0.1',
        to: 'tcp://127.0.0.2:9',
        expect: { outcome: name === 'a' ? 'refused' : 'timeout', afterMs: 900 },
        timeoutMs: 1000,
      },
    ],
  })),
);

/** What a run writes to a terminal of so many columns. */
async function runInTerminal(columns: number, env: Record<string, string> = {}): Promise<string> {
  const { folder } = await getPackage(false);
  const file = join(await mkdtemp(join(tmpdir(), 'loopfw-progress-')), 'suite.json');
  await writeFile(file, SUITE);
  const command = `stty cols ${columns}; exec node '${folder}/dist/bin.js' run -j 1 -r json=/dev/null '${file}'`;
  const { exitCode, stdout } = await run('script', ['--quiet', '--return', '--command', command, '/dev/null'], { env });
  t.equal(exitCode, 1);
  return stdout;
}

t.test('on a terminal: redrawn in place, never wider than it, and gone at the end', async (t) => {
  const [start, ...lines] = (await runInTerminal(40)).split('\r\u001b[K');
  t.equal(start, '');
  t.equal(lines.at(-1), '');
  t.strictSame(
    lines.filter((line) => line.length >= 40 || line.includes('\n')),
    [],
  );
  t.ok(lines.includes('0 of 3 scenarios'));
  t.ok(lines.some((line) => /^2 of 3 scenarios, 1 not passed, \d/.test(line)));
});

t.test('elsewhere nothing', async (t) => {
  const { stderr } = await loopfw(['run', '-j', '3', '-'], { input: SUITE });
  t.equal(stderr, '');
  t.equal(await runInTerminal(80, { TERM: 'dumb' }), '');
});
