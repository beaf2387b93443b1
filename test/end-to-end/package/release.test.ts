// script/release.js in a clone of the last commit: what it asks for first, and what it makes.
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { run } from '../../support/loopfw.js';
import { FOR_NPM, ROOT } from '../../support/package.js';

interface Component {
  name: string;
  version: string;
  hashes?: object[];
}

/** It builds, packs and installs the package: 25 s of processor time. */
const skip = process.env['LOOPFW_TEST_RELEASE'] === undefined && 'npm run soak -- release makes one';

t.test('a release', { skip }, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'loopfw-release-'));
  t.teardown(() => rm(folder, { recursive: true }));
  const clone = join(folder, 'clone');
  const call = (command: string, ...args: string[]) => run(command, args, { cwd: existsSync(clone) ? clone : folder, env: FOR_NPM });
  const git = (...args: string[]) =>
    call('git', ...['safe.directory=*', 'user.name=tester', 'user.email=tester@example.org'].flatMap((text) => ['-c', text]), ...args);
  const release = (...args: string[]) => call('node', 'script/release.js', ...args);
  const cloned = await git('clone', '--quiet', ROOT, clone);
  t.equal(cloned.exitCode, 0, cloned.stderr);
  await symlink(join(ROOT, 'node_modules'), join(clone, 'node_modules'));
  await writeFile(join(clone, '.git/info/exclude'), 'node_modules\n');

  t.match(await release('next'), { exitCode: 2, stderr: /^usage: node script\/release\.js VERSION \[--dry-run\]/ });

  const path = join(clone, 'CHANGELOG.md');
  const text = await readFile(path, 'utf8');
  await writeFile(path, text.replace(/^## .*$/m, '## 7.8.9 (soon)'));
  t.match(await release('7.8.9', '--dry-run'), { exitCode: 1, stderr: /these files are not committed:\nM CHANGELOG\.md/ });
  await git('commit', '--quiet', '--all', '--message', 'A heading');
  t.match(await release('7.8.9', '--dry-run'), {
    exitCode: 1,
    stderr: /the first heading of CHANGELOG\.md is "## 7\.8\.9 \(soon\)": "## 7\.8\.9 \(YEAR-MONTH-DAY\)" is expected/,
  });
  await writeFile(path, text.replace(/^## .*$/m, '## 7.8.9 (2026-12-24)'));
  await git('commit', '--quiet', '--all', '--message', 'A date');

  const tried = await release('7.8.9', '--dry-run');
  t.equal(tried.exitCode, 0, tried.stderr);
  t.match(tried.stderr, /loopfw-7\.8\.9\.tgz: \d{3,} files, none that does not belong, \d\.\d MB\n/);
  t.match(tried.stderr, /runs the founding scenario: 3 probes passed\n.*the bill of materials has \d\d packages\n.*nothing is kept/);
  t.match(tried.stdout, /\nnpm publish release\/loopfw-7\.8\.9\.tgz --access public --provenance\n$/);
  t.notOk(existsSync(join(clone, 'release')), 'nothing is kept');
  t.equal((await git('status', '--porcelain')).stdout, '');

  await git('tag', 'v7.8.9');
  t.match(await release('7.8.9'), { exitCode: 1, stderr: /the tag v7\.8\.9 is there already/ });
});

t.test('the bill of materials', async (t) => {
  const { makeBill } = (await import(`${ROOT}/script/package/bill.js`)) as { makeBill: (folder: string) => { components: Component[] } };
  const { components } = makeBill(ROOT);
  const names = components.map(({ name }) => name);
  t.ok(
    ['koffi', 'ajv', 'preact'].every((name) => names.includes(name)),
    'what is installed, and what the bundle has in it',
  );
  t.notOk(names.includes('typescript'), 'what only development needs is left out');
  t.strictSame(
    components.filter(({ version, hashes = [] }) => version === '' || hashes.length === 0).map(({ name }) => name),
    [],
    'each with its version and hash',
  );
});
