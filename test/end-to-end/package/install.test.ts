// The package as its users get it: made, installed without scripts, and run. LOOPFW_TEST_NODES=PATH:PATH names other Node.js programs to try.
import { chmod, mkdir, mkdtemp, readdir, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import t from 'tap';
import { run } from '../../support/loopfw.js';
import { FOR_NPM, ROOT } from '../../support/package.js';

const NODES = [process.execPath, ...(process.env['LOOPFW_TEST_NODES'] ?? '').split(':').filter((path) => path !== '')];

const LIBRARY = `
import { loadScenarios, runSuite } from 'loopfw';
const { summary } = await runSuite(await loadScenarios(['node_modules/loopfw/scenarios/reject.json']));
console.log(summary.passed);
`;

/** A folder of an ordinary user's. */
async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'loopfw-install-'));
  await chmod(folder, 0o777);
  return folder;
}

t.test('the tarball', async (t) => {
  const target = await makeFolder();
  await execa('npm', ['pack', '--ignore-scripts', '--pack-destination', target], { cwd: ROOT });
  const [name = ''] = await readdir(target);
  const tarball = join(target, name);

  for (const node of NODES) {
    const { stdout: version } = await execa(node, ['--version']);
    t.test(`an ordinary user installs it without scripts and runs it on Node.js ${version}`, async (t) => {
      const folder = await makeFolder();
      // An empty folder in which everything is that user's, as npx wants it.
      const bin = join(folder, 'bin');
      await mkdir(bin);
      await symlink(node, join(bin, 'node'));
      const project = join(folder, 'project');
      await run('sh', ['-ec', 'mkdir "$1" "$2"; echo {} >"$1/package.json"', 'sh', project, join(folder, 'home')], {
        ordinary: true,
        cwd: folder,
      });
      await writeFile(join(folder, 'library.mjs'), LIBRARY);
      const call = (...command: string[]) =>
        run('env', command, {
          ordinary: true,
          cwd: project,
          env: {
            HOME: join(folder, 'home'),
            PATH: `${bin}:${process.env['PATH'] ?? ''}`,
            XDG_STATE_HOME: join(folder, 'home/state'),
            ...FOR_NPM,
          },
        });
      const installed = await call(
        'npm',
        'install',
        '--ignore-scripts',
        '--no-audit',
        '--no-fund',
        '--fetch-retries=1',
        '--no-update-notifier',
        tarball,
      );
      if (installed.exitCode !== 0 && process.env['CI'] === undefined) {
        t.pass('installed', { skip: `npm cannot install here: ${installed.stderr}` });
        return;
      }
      t.equal(installed.exitCode, 0, installed.stderr);

      t.match((await call('node', '--version')).stdout, version);
      const founding = await call('npx', '--no', 'loopfw', 'node_modules/loopfw/scenarios/same-address.json');
      t.equal(founding.exitCode, 0, founding.stderr);
      t.match(founding.stdout, /app → web .* timeout .* answer-eaten by rule 0 no-client[\s\S]*✔ 3 passed/);

      t.equal((await call('npx', '--no', 'loopfw', 'init', 'first')).exitCode, 0);
      t.match(await call('npx', '--no', 'loopfw', 'run'), { exitCode: 0, stderr: '', stdout: /✔ \d+ passed/ });
      t.match(await call('sh', '-c', 'cp ../library.mjs . && node library.mjs'), { exitCode: 0, stdout: '4\n', stderr: '' });
    });
  }
});
