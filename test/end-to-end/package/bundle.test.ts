// The package that is built: V8 takes what it has compiled of it, and does without where it cannot.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Script } from 'node:vm';
import t from 'tap';
import { run } from '../../support/loopfw.js';
import { copyPackage, ROOT } from '../../support/package.js';

const CODE = `${ROOT}/dist/code`;
const { readCode } = createRequire(import.meta.url)(`${ROOT}/dist/sandbox/load.js`) as { readCode: (path: string) => Script };

t.test('V8 takes what it compiled at build', async (t) => {
  const files = readdirSync(CODE).filter((name) => name.endsWith('.js'));
  t.strictSame(
    files.filter((name) => !/-[0-9A-Z]{8}\.js$/.test(name)),
    ['bin.js', 'control.js', 'index.js', 'pid1.js', 'socket-maker.js', 'socket-source.js', 'worker.js'],
    'the entries; the other files are parts of them',
  );
  for (const name of files) {
    t.equal(readCode(`${CODE}/${name}`).cachedDataRejected, false, name);
  }
});

t.test('no debugger can be opened in a process of ours, not even while it is loaded', async (t) => {
  for (const entry of ['bin.js', 'sandbox/pid1.js', 'sandbox/socket-maker.js', 'sandbox/program/socket-source.js']) {
    const text = readFileSync(`${ROOT}/dist/${entry}`, 'utf8');
    t.match(text, /^(?:#!.*\n)?process\.on\('SIGUSR1', \(\) => \{ \}\);\n/);
  }
});

t.test('with other options it compiles anew, and all works', async (t) => {
  const { exitCode, stdout } = await run('node', ['--no-opt', 'dist/bin.js', '--version']);
  t.equal(exitCode, 0);
  t.match(stdout, /^\d+\.\d+\.\d+$/m);
});

t.test('the library can be imported and required', async (t) => {
  const names = ['CommandError', 'EnvironmentError', 'InternalError', 'REPORTERS', 'SpecError', 'UsageError'];
  const functions = ['assertPassed', 'createWorld', 'getCoverage', 'loadScenarios', 'parseScenarios', 'runScenario', 'runSuite'];
  const imported = (await import(`${ROOT}/dist/index.js`)) as Record<string, unknown>;
  const required = createRequire(import.meta.url)(`${ROOT}/dist/index.js`) as Record<string, unknown>;
  t.strictSame(Object.keys(required).sort(), [...names, ...functions]);
  // Newer versions of Node.js add "module.exports".
  const added = ['default', 'module.exports'];
  t.strictSame(
    Object.keys(imported)
      .filter((name) => !added.includes(name))
      .sort(),
    Object.keys(required).sort(),
  );
  t.equal(imported['runSuite'], required['runSuite']);
});

t.test('root runs what only root can read', { skip: process.getuid?.() === 0 ? false : 'needs root' }, async (t) => {
  const folder = await copyPackage(0o700);
  const clients = { app: { address: '127.0.0.1', user: 1000 } };
  const input = JSON.stringify({ name: 'a user', clients, probes: [{ from: 'app', to: 'tcp://127.0.0.2:80', expect: 'closed' }] });
  for (const args of [['scenarios/reject.json'], ['-j', '2', 'scenarios/drop.json', 'scenarios/reject.json'], ['-']]) {
    const { exitCode, stderr } = await run('node', ['dist/bin.js', 'run', ...args], { cwd: folder, input });
    t.equal(exitCode, 0, args.join(' '));
    t.equal(stderr, '');
  }
});
