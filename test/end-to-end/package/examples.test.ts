// The folders of examples/, with what is installed here: each test of theirs passes, and the faults have been hit.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { run } from '../../support/loopfw.js';
import { getPackage } from '../../support/package.js';

interface Example {
  folder: string;
  command: string[];
  /** What it prints for three tests that passed. */
  passed: RegExp;
  /** Prints something where it is installed. */
  version: string[];
  /** Whether an ordinary user runs it too. */
  isForAll: boolean;
}

const NODE = { version: ['node', '--version'], isForAll: true };
const ONCE = { isForAll: false };

const EXAMPLES: Example[] = [
  { ...NODE, folder: 'node-test', command: ['node', '--test', '--test-reporter=tap', 'exec.test.js'], passed: /^# pass 3\n# fail 0$/m },
  { ...NODE, ...ONCE, folder: 'tap', command: ['node', 'client.test.js'], passed: /pass: 4 \}$/m },
  {
    ...{ folder: 'python', command: ['python3', '-B', '-m', 'unittest'], passed: /^Ran 3 tests in .*\n\nOK$/m },
    ...{ version: ['python3', '--version'], isForAll: true },
  },
  { ...ONCE, folder: 'go', command: ['go', 'test', '-count=1', '-v'], passed: /(^--- PASS(.*\n)*?){3}/m, version: ['go', 'version'] },
  { ...ONCE, folder: 'java', command: ['java', 'ClientTest.java'], passed: /^ok .*\nok .*\nok /m, version: ['java', '-version'] },
];

for (const ordinary of [false, true]) {
  const who = ordinary ? 'an ordinary user' : 'the caller';
  for (const { folder, command, passed, version } of EXAMPLES.filter(({ isForAll }) => isForAll || !ordinary)) {
    const isHere = (await run('sh', ['-c', '"$0" "$1"', ...version], { ordinary })).exitCode === 0;
    const skip = !isHere && `${version[0]} is not installed here`;
    t.test(`examples/${folder}, for ${who}`, { skip }, async (t) => {
      const { folder: place } = await getPackage(ordinary);
      const cache = await mkdtemp(join(tmpdir(), 'loopfw-examples-'));
      const ended = await run('node', [`${place}/dist/bin.js`, 'exec', '../world.json', '--expect-hit', '--', ...command], {
        ...{ ordinary, cwd: `${place}/examples/${folder}` },
        env: { HOME: cache, GOFLAGS: '-mod=mod', GOTOOLCHAIN: 'local' },
      });
      await rm(cache, { recursive: true, force: true });
      t.match(ended.stdout + ended.stderr, passed, { stdout: ended.stdout, stderr: ended.stderr });
      t.match(ended.stderr, /^refused 127\.0\.0\.2:8000: 3 connections$/m);
      t.equal(ended.exitCode, 0, ended.stderr);
    });
  }

  t.test(`examples/node-test with createWorld(), for ${who}`, async (t) => {
    const { folder } = await getPackage(ordinary);
    const ended = await run('node', ['--test', '--test-reporter=tap', 'world.test.js'], { ordinary, cwd: `${folder}/examples/node-test` });
    t.match(ended.stdout, /^# pass 3\n# fail 0$/m, ended);
    t.equal(ended.exitCode, 0);
  });
}
