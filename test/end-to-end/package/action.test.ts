// action.yml: its shell is run with the variables of GitHub, in a folder with scenarios.
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { run } from '../../support/loopfw.js';
import { readDocument } from '../../support/markdown.js';
import { ROOT } from '../../support/package.js';

const TEXT = readDocument('action.yml');

/** The shell of each step, by its name. */
const STEPS = new Map(
  TEXT.split(/^ {4}- name: /m).map((step) => [
    step.split('\n')[0] ?? '',
    (/^ {6}run: \|\n((?: {8}.*\n|\n)*)/m.exec(step)?.[1] ?? '').replace(/^ {8}/gm, ''),
  ]),
);

/** Writes what it is called with into the file `calls`. */
const RECORD = `#!/bin/sh\necho "$(basename "$0") $*" >>"$RUNNER_TEMP/calls"\n`;

async function makeRunner() {
  const folder = await mkdtemp(join(tmpdir(), 'loopfw-action-'));
  const action = join(folder, 'action');
  await mkdir(join(action, 'script'), { recursive: true });
  await mkdir(join(folder, 'bin'));
  await mkdir(join(folder, 'work'));
  for (const name of ['dist', 'schema', 'node_modules', 'package.json']) {
    await symlink(join(ROOT, name), join(action, name));
  }
  // The machine's settings and packages are left alone.
  for (const path of [join(action, 'script/setup'), join(folder, 'bin/sudo')]) {
    await writeFile(path, RECORD);
    await chmod(path, 0o755);
  }
  await cp(join(ROOT, 'scenarios/reject.json'), join(folder, 'work/scenarios/reject.json'));
  await cp(join(ROOT, 'scenarios/drop.json'), join(folder, 'work/more/drop.json'));
  const getDefault = (input: string) => new RegExp(`^ {2}${input}:\\n.*\\n {4}default: (.*)$`, 'm').exec(TEXT)?.[1]?.replace("''", '');
  const call = (step: string, { hosted = true, paths = getDefault('paths') ?? '', args = getDefault('args') ?? '' } = {}) =>
    run('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', STEPS.get(step) ?? 'exit 99'], {
      cwd: join(folder, 'work'),
      env: {
        PATH: `${folder}/bin:${process.env['PATH'] ?? ''}`,
        GITHUB_ACTIONS: 'true',
        GITHUB_ACTION_PATH: action,
        GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
        RUNNER_TEMP: folder,
        RUNNER_ENVIRONMENT: hosted ? 'github-hosted' : 'self-hosted',
        LOOPFW_ACTION_PATHS: paths,
        LOOPFW_ACTION_ARGS: args,
      },
    });
  return { folder, call };
}

t.test('the machine is prepared: its settings only if it is one of GitHub', async (t) => {
  for (const hosted of [true, false]) {
    const { folder, call } = await makeRunner();
    t.match(await call('Prepare loopfw', { hosted }), { exitCode: 0, stderr: '' });
    const calls = (await readFile(join(folder, 'calls'), 'utf8')).split('\n').slice(0, -1);
    t.strictSame(calls.at(-1), 'setup ');
    t.strictSame(calls.slice(0, -1), hosted ? ['sudo sysctl --quiet --ignore --write kernel.apparmor_restrict_unprivileged_userns=0'] : []);
  }
});

t.test('the scenarios are run, with a summary and reports', async (t) => {
  const { folder, call } = await makeRunner();
  const { exitCode, stdout, stderr } = await call('Run loopfw');
  t.strictSame([exitCode, stderr], [0, '']);
  t.match(stdout, /✔ 4 passed {2}1 scenario, 4 probes/);
  t.match(await readFile(join(folder, 'summary.md'), 'utf8'), /4 passed/);
  t.strictSame((await readdir(join(folder, 'loopfw'))).sort(), ['junit.xml', 'report.html', 'result.json']);
});

t.test('paths and arguments are words, and no shell', async (t) => {
  const { folder, call } = await makeRunner();
  const both = await call('Run loopfw', { paths: 'scenarios/*.json\nmore', args: '--strict --grep REJECT' });
  t.match(both, { exitCode: 0, stdout: /✔ 4 passed/ });
  const shell = await call('Run loopfw', { paths: '$(touch attacked) scenarios;touch attacked' });
  t.equal(shell.exitCode, 2);
  t.notOk((await readdir(join(folder, 'work'))).includes('attacked'));
});

t.test('what fails is annotated, and fails the step', async (t) => {
  const { folder, call } = await makeRunner();
  const probes = [{ from: '127.0.0.1', to: 'tcp://127.0.0.2:9', expect: 'connected' }];
  await writeFile(join(folder, 'work/wrong.json'), JSON.stringify({ name: 'wrong', probes }));
  const { exitCode, stdout } = await call('Run loopfw', { paths: 'wrong.json' });
  t.equal(exitCode, 1);
  t.match(stdout, /^::error file=wrong\.json,line=1/m);
  t.match(await readFile(join(folder, 'summary.md'), 'utf8'), /1 failed/);
});
